import polars as pl
import pytest

from lake_assets.errors import DeclarationError, SchemaError
from lake_assets.model import Rule
from lake_assets.quality import compile_rules, declare_rule

BATCH = pl.LazyFrame({"month": [1], "carrier": ["UA"], "tags": [["x"]]})
REFUSED = [
    ({"not_null": "moth"}, "did you mean month"),
    ({"expression": "moth > 1"}, "did you mean month"),
    ({"in_range": {"carrier": [1, 12]}}, "carrier is String, which cannot be compared with 1"),
    ({"in_range": {"month": ["a", "b"]}}, "month is Int64, which cannot be compared with 'a'"),
    ({"in_set": {"carrier": [1, 2]}}, "cannot be compared with 1"),
    ({"in_set": {"month": [1.5, 2]}}, "cannot hold all of 1.5, 2"),
    ({"matches": {"month": "^1"}}, "has no text to match"),
    ({"length": {"month": 2}}, "has no length"),
    ({"ordered": ["month", "carrier"]}, "cannot compare"),
    ({"expression": "month"}, "the outcome is Int64"),
    ({"expression": "month > carrier"}, "cannot compare"),
    ({"expression": "month = MAX(month)"}, "no sums, no windows"),
    ({"expression": "month > AVG(month) OVER ()"}, "no sums, no windows"),
    ({"expression": "month > LAG(month) OVER (ORDER BY month)"}, "no sums, no windows"),
]


@pytest.mark.parametrize(("declared", "said"), REFUSED)
def test_a_rule_that_does_not_fit_the_columns_is_refused(declared, said):
    rule = declare_rule(declared, owner="team:a")
    with pytest.raises(SchemaError) as refused:
        compile_rules([rule], BATCH, lambda _: pl.LazyFrame())
    assert said in str(refused.value)
    assert refused.value.mend


def test_two_rules_of_one_id_are_refused():
    rules = [declare_rule({"expression": one}, owner="team:a") for one in ("month > 1", "month < 9")]
    with pytest.raises(DeclarationError, match="2 rules have this id"):
        compile_rules(rules, BATCH, lambda _: pl.LazyFrame())


def test_a_rule_of_no_kind_is_refused():
    with pytest.raises(DeclarationError, match="no kind of rule"):
        compile_rules([Rule("a", "nonesuch", ("month",))], BATCH, lambda _: pl.LazyFrame())
