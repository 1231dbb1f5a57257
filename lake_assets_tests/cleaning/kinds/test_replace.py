import pytest

from lake_assets.cleaning import declare_step, describe_step
from lake_assets.errors import DeclarationError, SchemaError


def test_whole_values_are_replaced_and_others_stay(cells):
    words = {"NYC": "New York", "-": None}
    assert cells(["NYC", "NYCX", "-", None], {"replace": {"a": words}}) == ["New York", "NYCX", None, None]


def test_numbers_are_replaced_too(cells):
    assert cells([1, 2], {"replace": {"a": {1: 10}}}) == [10, 2]


def test_a_chain_is_refused(cells):
    with pytest.raises(DeclarationError, match="'b' takes the place of a value and is itself replaced"):
        cells(["a"], {"replace": {"a": {"a": "b", "b": "c"}}})


@pytest.mark.parametrize("said", [None, {}, "x"])
def test_what_takes_the_place_must_be_said(cells, said):
    with pytest.raises(DeclarationError):
        cells(["a"], {"replace": {"a": said}})


def test_a_value_of_another_type_is_refused(cells):
    with pytest.raises(SchemaError, match="cannot hold all of"):
        cells([1], {"replace": {"a": {"one": 1}}})


def test_people_are_told_the_first_few():
    step = declare_step({"replace": {"a": {str(number): "x" for number in range(6)}}})
    assert describe_step(step).endswith("and 2 more")
