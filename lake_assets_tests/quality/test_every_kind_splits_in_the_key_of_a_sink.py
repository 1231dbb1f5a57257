import polars as pl

BATCH = pl.DataFrame(
    {
        "_file": [1, 1, 1],
        "_row": [1, 2, 3],
        "month": [1, 1, 13],
        "carrier": ["UA", "XX", "UA"],
        "dep": [1, 2, 3],
        "arr": [2, 2, 2],
    }
)
LAKE = {"trusted.airlines": pl.DataFrame({"carrier": ["UA", "AA"], "hub": [1, 2]})}
RULES = [
    ({"not_null": ["carrier", "month"]}, 0),
    ({"in_range": {"month": [1, 12]}}, 1),
    ({"in_set": {"carrier": ["UA", "AA"]}}, 1),
    ({"matches": {"carrier": "U"}}, 1),
    ({"length": {"carrier": 2}}, 0),
    ({"ordered": ["dep", "arr"]}, 1),
    ({"unique": "month"}, 1),
    ({"references": {"carrier": "trusted.airlines"}}, 1),
    (
        {
            "references": {
                "columns": ["carrier", "dep"],
                "table": "trusted.airlines",
                "to": ["carrier", "hub"],
            }
        },
        2,
    ),
    ({"expression": "carrier IN ('UA', 'AA') AND (dep NOT IN (7, 8) OR arr IN (dep, 9))"}, 1),
    ({"check": {"column": "carrier", "name": "isin", "allowed_values": ["UA"]}}, 1),
    ({"determines": {"dep": "month"}}, 0),
    ({"row_count": {"min": 1}}, 0),
]


def test_all_kinds_together_cut_a_batch_in_one_pass(judge_batch):
    outcome = judge_batch(BATCH, *(declared for declared, _ in RULES), lake=LAKE)
    assert outcome.kept["_row"].to_list() == [1]
    assert outcome.set_aside["_row"].to_list() == [2, 3]
    assert [verdict.broken for verdict in outcome.verdicts] == [broken for _, broken in RULES]


def test_without_rules_every_row_is_kept(judge_batch):
    outcome = judge_batch(BATCH)
    assert (outcome.kept.height, outcome.set_aside.height, outcome.verdicts) == (3, 0, [])


def test_a_batch_of_no_rows_breaks_nothing(judge_batch):
    outcome = judge_batch(BATCH.clear(), *(declared for declared, _ in RULES), lake=LAKE)
    assert [verdict.judged for verdict in outcome.verdicts] == [0] * len(RULES)
    assert {verdict.is_kept for verdict in outcome.verdicts[:-1]} == {True}
