import pytest

from lake_assets.errors import DeclarationError
from lake_assets.quality import declare_rule, rule_kinds


def test_a_rule_without_a_kind_is_refused():
    with pytest.raises(DeclarationError, match="found none"):
        declare_rule({"severity": "warn"}, owner="team:a")


def test_a_rule_of_two_kinds_is_refused():
    with pytest.raises(DeclarationError, match="found not_null, unique"):
        declare_rule({"not_null": "a", "unique": "a"}, owner="team:a")


def test_a_misspelt_remark_lists_what_is_known():
    with pytest.raises(DeclarationError, match="one rule per entry"):
        declare_rule({"not_null": "a", "severty": "warn"}, owner="team:a")


def test_an_unknown_kind_lists_near_ones():
    with pytest.raises(DeclarationError, match="did you mean in_range") as refused:
        declare_rule({"inrange": {"month": [1, 12]}}, owner="team:a", place="defs.yaml:7")
    assert refused.value.place == "defs.yaml:7"


def test_every_kind_says_in_one_line_what_it_asks():
    assert {"not_null", "in_range", "in_set", "matches", "length", "ordered", "unique", "references", "expression",
            "check", "row_count", "determines", "function", "freshness", "mean", "sum", "quantile", "null_share",
            "distinct_count", "stable", "unlike"} == set(rule_kinds())  # fmt: skip
    assert all(line and "\n" not in line for line in rule_kinds().values())
