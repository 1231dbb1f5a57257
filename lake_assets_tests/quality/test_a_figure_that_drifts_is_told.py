import polars as pl
import pytest

from lake_assets.errors import DeclarationError
from lake_assets.quality import compile_rules, declare_rule, judge

STABLE = {"stable": {"a": 0.5}}


def judged(declared, values, last):
    rule = declare_rule(declared, owner="team:a")
    frame = pl.LazyFrame({"a": values})
    compiled = compile_rules([rule], frame, lambda _: pl.LazyFrame())
    none = frame.clear()
    known = {} if last is None else {rule.rule_id: last}
    (verdict,) = judge(compiled, frame, none, kept_rows=len(values), set_aside_rows=0, last=known)
    return verdict


def test_the_first_figure_is_measured_only():
    verdict = judged(STABLE, [1.0, 3.0], None)
    assert (verdict.measured, verdict.is_kept) == (2.0, True)


@pytest.mark.parametrize(
    ("last", "is_kept"), [(2.0, True), (4.0, True), (4.1, False), (1.4, True), (1.3, False)]
)
def test_a_share_of_what_it_was_is_allowed(last, is_kept):
    assert judged(STABLE, [1.0, 3.0], last).is_kept is is_kept


def test_the_breach_says_from_what_to_what():
    assert judged(STABLE, [9.0], 3.0).example == "the mean of a went from 3 to 9, by more than 50%"


@pytest.mark.parametrize(
    ("measure", "figure"), [("median", 2), ("std", 4.3589), ("null_share", 0.25), ("distinct_count", 3)]
)
def test_other_figures_can_be_chosen(measure, figure):
    declared = {"stable": {"column": "a", "measure": measure, "tolerance": 0}}
    assert judged(declared, [1.0, 2.0, None, 9.0], None).measured == pytest.approx(figure, abs=1e-4)


def test_several_figures_of_a_column_have_names_of_their_own():
    names = {
        declare_rule({"stable": {"column": "a", "measure": measure, "tolerance": 1}}, owner="team:a").rule_id
        for measure in ("mean", "median")
    }
    assert names == {"a_mean_stable", "a_median_stable"}


@pytest.mark.parametrize(
    ("given", "what"),
    [
        ({"column": "a", "measure": "mood", "tolerance": 1}, "measure is one of"),
        ({"column": "a", "tolerance": -1}, "tolerance is a share"),
        ({"column": "a"}, "tolerance is a share"),
    ],
)
def test_wrong_options_are_refused(given, what):
    with pytest.raises(DeclarationError, match=what):
        declare_rule({"stable": given}, owner="team:a")
