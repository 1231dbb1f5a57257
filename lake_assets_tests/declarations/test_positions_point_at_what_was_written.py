import yaml
from hypothesis import given
from hypothesis import strategies as st

from lake_assets.declarations import Positions

NAMES = st.text("abcdefgh", min_size=1, max_size=3)
TREES = st.recursive(
    st.text("klmpqr", min_size=1, max_size=5),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3) | st.dictionaries(NAMES, inner, min_size=1, max_size=3)
    ),
    max_leaves=12,
)


def ways(tree, above=()):
    """Every leaf with the way to it."""
    if isinstance(tree, str):
        return [(above, tree)]
    entries = tree.items() if isinstance(tree, dict) else enumerate(tree)
    return [found for step, inner in entries for found in ways(inner, (*above, step))]


@given(tree=TREES, is_flow=st.booleans())
def test_positions_point_at_what_was_written(tree, is_flow):
    text = yaml.safe_dump(tree, default_flow_style=is_flow)
    positions, lines = Positions(yaml.compose(text), "a.yaml"), text.splitlines()
    for way, leaf in ways(tree):
        line, column = positions.at(way)
        assert lines[line - 1][column - 1 :].startswith(leaf)
        if way and isinstance(way[-1], str):
            line, column = positions.at((*way, "[key]"))
            assert lines[line - 1][column - 1 :].startswith(way[-1])
