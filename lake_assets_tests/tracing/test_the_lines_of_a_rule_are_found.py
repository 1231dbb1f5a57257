"""The lines that declare a rule are found by its words, wherever they stand."""

import pytest

from lake_assets.model import Place, Rule
from lake_assets.tracing.declared_by import changes_of, lines_of_rule

YAML = """\
one:
  rules:
    - in_range: {price: [0, 1]}
two:
  rules:
    - {in_range: {price: [0, 2]}, id: cheap}
    - in_range:
        column: price
        max: 3
    - not_null: [price]
"""
PRICE = Rule("price_in_range", "in_range", ("price",))


@pytest.fixture
def declared(tmp_path):
    path = tmp_path / "defs.yaml"
    path.write_text(YAML)
    return str(path)


@pytest.mark.parametrize(
    ("rule", "line", "lines"),
    [
        (PRICE, 1, (3, 3)),
        (Rule("cheap", "in_range", ("price",)), 4, (6, 6)),
        (Rule("price_not_null", "not_null", ("price",)), 4, (10, 10)),
        (Rule("nothing", "matches", ("price",)), 1, None),
    ],
)
def test_by_name_or_by_kind_and_columns(declared, rule, line, lines):
    assert lines_of_rule(rule, Place(declared, line)) == lines


def test_a_rule_over_several_lines_is_whole(tmp_path):
    path = tmp_path / "defs.yaml"
    path.write_text(YAML.replace("    - {in_range: {price: [0, 2]}, id: cheap}\n", ""))
    assert lines_of_rule(PRICE, Place(str(path), 4)) == (6, 8)


@pytest.mark.parametrize("place", [Place(), Place("/nowhere/defs.yaml", 3)])
def test_where_there_is_no_file_nothing_is_told(place):
    assert lines_of_rule(PRICE, place) is None
    assert changes_of(place) == ()


def test_outside_of_a_repository_nobody_changed_it(declared):
    assert changes_of(Place(declared, 1), (3, 3)) == ()
