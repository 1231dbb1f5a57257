import pytest

from lake_assets.errors import DeclarationError
from lake_assets.model import Severity
from lake_assets.quality import declare_rule


def test_they_warn_unless_told_to_block():
    assert declare_rule({"row_count": {"min": 1}}, owner="team:a").severity is Severity.WARN
    assert (
        declare_rule({"row_count": {"min": 1}, "severity": "block"}, owner="team:a").severity
        is Severity.BLOCK
    )


def test_they_cannot_quarantine():
    with pytest.raises(DeclarationError, match="no rows to set aside"):
        declare_rule({"row_count": {"min": 1}, "severity": "quarantine"}, owner="team:a")


def test_a_breach_keeps_every_row_and_blocks(judge_batch, rows):
    outcome = judge_batch(rows(a=[1, 2]), {"row_count": {"min": 3}, "severity": "block"})
    (verdict,) = outcome.verdicts
    assert (outcome.kept.height, verdict.judged, verdict.broken, verdict.blocks) == (2, 2, 1, True)
    assert verdict.example == "2 rows, not at least 3"


def test_rows_set_aside_do_not_count(judge_batch, rows):
    outcome = judge_batch(rows(a=[1, None]), {"not_null": "a"}, {"row_count": {"min": 2, "max": 9}})
    assert outcome.verdicts[1].example == "1 rows, not 2 to 9"


def test_too_many_rows_are_a_breach_and_enough_are_none(judge_batch, rows):
    outcome = judge_batch(rows(a=[1, 2]), {"row_count": {"max": 1}, "id": "few"}, {"row_count": {"max": 2}})
    assert [verdict.is_kept for verdict in outcome.verdicts] == [False, True]
