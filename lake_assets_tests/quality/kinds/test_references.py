import polars as pl
import pytest

from lake_assets.errors import SchemaError
from lake_assets.quality.kinds import references

AIRPORTS = pl.DataFrame(
    {"faa": ["EWR", "JFK", "JFK", None], "runway": [1, 1, 2, 3]}, schema_overrides={"runway": pl.Int16}
)
ROUTES = pl.DataFrame({"origin": ["EWR", "JFK", "LAX", None, "EWR"], "runway": [1, 2, 1, 1, 2]})


def airports(table: object) -> pl.LazyFrame:
    assert str(table) == "trusted.airports"
    return AIRPORTS.lazy()


def test_a_key_of_the_other_table_holds_and_null_passes(holds):
    rule = {"references": {"origin": "trusted.airports.faa"}}
    assert holds(rule, ROUTES, airports) == [True, True, False, True, True]


def test_many_keys_give_the_same_answer(holds, monkeypatch):
    monkeypatch.setattr(references, "_FEW", 1)
    rule = {"references": {"origin": "trusted.airports.faa"}}
    assert holds(rule, ROUTES, airports) == [True, True, False, True, True]


def test_several_columns_are_one_key(holds):
    options = {"columns": ["origin", "runway"], "table": "trusted.airports", "to": ["faa", "runway"]}
    assert holds({"references": options}, ROUTES, airports) == [True, True, False, True, False]


def test_integers_of_two_widths_are_the_same_numbers(holds):
    wide = pl.DataFrame({"runway": [1, 70_000]})
    assert holds({"references": {"runway": "trusted.airports"}}, wide, airports) == [True, False]


def test_an_empty_table_holds_no_key(holds):
    rule = {"references": {"origin": "trusted.airports.faa"}}
    assert holds(rule, ROUTES, lambda _: AIRPORTS.clear().lazy()) == [False, False, False, True, False]


def test_a_missing_column_there_lists_near_ones(holds):
    with pytest.raises(SchemaError, match="did you mean faa"):
        holds({"references": {"origin": "trusted.airports.fa"}}, ROUTES, airports)


def test_two_types_are_never_equal_so_they_are_refused(holds):
    with pytest.raises(SchemaError, match=r"origin is String, but runway in .* is Int16"):
        holds({"references": {"origin": "trusted.airports.runway"}}, ROUTES, airports)
