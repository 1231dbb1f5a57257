def test_a_row_that_breaks_a_warning_only_is_kept_and_counted(judge_batch, rows):
    batch = rows(month=[0, 1, 13, None])
    outcome = judge_batch(batch, {"in_range": {"month": [1, 12]}, "severity": "warn"})
    assert outcome.kept.height == 4
    (verdict,) = outcome.verdicts
    assert (verdict.judged, verdict.broken, verdict.example) == (4, 2, "file 1, row 1")


def test_warnings_are_counted_among_the_rows_set_aside_too(judge_batch, rows):
    batch = rows(month=[1, 0, 13], carrier=["UA", None, None])
    warn = {"in_range": {"month": [1, 12]}, "severity": "warn"}
    outcome = judge_batch(batch, {"not_null": "carrier", "severity": "block"}, warn)
    assert (outcome.kept.height, outcome.set_aside.height) == (1, 2)
    assert [(verdict.broken, verdict.example) for verdict in outcome.verdicts] == [(2, "file 1, row 2")] * 2
    assert [verdict.blocks for verdict in outcome.verdicts] == [True, False]
