import pytest
import yaml

from lake_assets.cleaning import DEDUPLICATE, KINDS, cleaning_kinds, declare_step, describe_step


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_what_an_error_tells_people_to_write_is_right(kind):
    written = [one.split(" for every")[0] for one in kind.example.split(", or ")]
    steps = [declare_step(yaml.safe_load(one)) for one in written]
    assert {step.kind for step in steps} == {kind.name}
    assert all(map(describe_step, steps))


def test_every_kind_is_summed_up():
    assert set(cleaning_kinds()) == {*KINDS, DEDUPLICATE}
    assert all(cleaning_kinds().values())


def test_a_comparison_of_rows_is_described():
    exact, by = declare_step({"deduplicate": "exact"}), declare_step({"deduplicate": {"by": ["a", "b"]}})
    assert describe_step(exact) == "the first of the rows with the same values everywhere is kept"
    assert describe_step(by) == "the first of the rows with the same a and b is kept"
