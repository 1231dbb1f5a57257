import pytest

from lake_assets.errors import DeclarationError
from lake_assets.model import Severity
from lake_assets.quality import declare_rule

REMARKS = {"severity": "block", "owner": "team:b", "reason": "the key of the table", "id": "must_fly"}


def test_beside_and_inside_mean_the_same():
    beside = declare_rule({"not_null": {"column": "a"}, **REMARKS}, owner="team:a")
    inside = declare_rule({"not_null": {"column": "a", **REMARKS}}, owner="team:a")
    assert beside == inside
    assert (beside.severity, beside.owner, beside.reason) == (
        Severity.BLOCK,
        "team:b",
        "the key of the table",
    )
    assert beside.rule_id == "must_fly"


def test_the_short_form_of_a_column_takes_remarks_inside():
    rule = declare_rule({"in_range": {"month": [1, 12], "severity": "warn"}}, owner="team:a")
    assert (rule.columns, rule.severity) == (("month",), Severity.WARN)


def test_what_is_left_out_has_a_default():
    rule = declare_rule({"not_null": "a"}, owner="team:a")
    assert (rule.severity, rule.owner, rule.reason) == (Severity.QUARANTINE, "team:a", "")


def test_twice_is_refused():
    with pytest.raises(DeclarationError, match="owner is given twice"):
        declare_rule({"not_null": {"column": "a", "owner": "team:a"}, "owner": "team:b"}, owner="team:c")


def test_a_column_may_have_the_name_of_a_remark():
    assert declare_rule({"matches": {"id": "^N"}}, owner="team:a").columns == ("id",)
    assert declare_rule({"in_range": {"severity": [1, 5]}, "severity": "warn"}, owner="team:a").columns == (
        "severity",
    )


def test_an_unknown_severity_lists_near_ones():
    with pytest.raises(DeclarationError, match="did you mean quarantine"):
        declare_rule({"not_null": "a", "severity": "quarantaine"}, owner="team:a")


def test_a_remark_is_a_text():
    with pytest.raises(DeclarationError, match="owner is a text, found 7"):
        declare_rule({"not_null": "a", "owner": 7}, owner="team:a")
