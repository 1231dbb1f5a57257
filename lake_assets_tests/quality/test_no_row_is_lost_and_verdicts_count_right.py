"""Random rows and rules against the plainest Python that says the same."""

import math
import re
from collections import Counter
from collections.abc import Callable

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from lake_assets.model import Severity
from lake_assets.quality import broken_rules, compile_rules, declare_rule, judge, keep
from lake_assets_tests.examples import drawn

Row = dict[str, object]
Test = Callable[[Row, list[Row]], bool]

AIRLINES = pl.DataFrame({"s": ["a", "ab", None], "n": [1, 2, 3]})
KEYS = {("a", 1), ("ab", 2)}


def among(value: object, values: list[object]) -> bool:
    return value is None or value in values


def between(value: float | None, low: float, high: float) -> bool:
    return value is None or low <= value <= high


def first_of_its_key(row: Row, rows: list[Row], *columns: str) -> bool:
    key = [row[column] for column in columns]
    if None in key:
        return True
    same = [(one["_file"], one["_row"]) for one in rows if [one[column] for column in columns] == key]
    return (row["_file"], row["_row"]) == min(same)


RULES: list[tuple[dict[str, object], Test]] = [
    ({"not_null": ["n", "s"]}, lambda row, _: row["n"] is not None and row["s"] is not None),
    ({"in_range": {"n": [1, 3]}}, lambda row, _: between(row["n"], 1, 3)),
    ({"in_range": {"x": [0, None]}}, lambda row, _: between(row["x"], 0, math.inf)),
    ({"in_set": {"s": ["a", "b"]}}, lambda row, _: among(row["s"], ["a", "b"])),
    ({"in_set": {"n": [1, 5]}}, lambda row, _: among(row["n"], [1, 5])),
    ({"matches": {"s": "a|b$"}}, lambda row, _: row["s"] is None or bool(re.match("a|b$", row["s"]))),
    ({"length": {"s": [1, 2]}}, lambda row, _: row["s"] is None or between(len(row["s"]), 1, 2)),
    ({"ordered": ["n", "m"]}, lambda row, _: None in (row["n"], row["m"]) or row["n"] <= row["m"]),
    ({"unique": "s"}, lambda row, rows: first_of_its_key(row, rows, "s")),
    ({"unique": ["n", "s"]}, lambda row, rows: first_of_its_key(row, rows, "n", "s")),
    ({"references": {"s": "trusted.airlines"}}, lambda row, _: among(row["s"], ["a", "ab"])),
    (
        {"references": {"columns": ["s", "n"], "table": "trusted.airlines"}},
        lambda row, _: None in (row["s"], row["n"]) or (row["s"], row["n"]) in KEYS,
    ),
    (
        {"expression": "n > m OR s IN ('a', 'b')"},
        lambda row, _: (
            row["s"] in {"a", "b"} or row["s"] is None or None in (row["n"], row["m"]) or row["n"] > row["m"]
        ),
    ),
]

SCHEMA = {"n": pl.Int64, "m": pl.Int64, "x": pl.Float64, "s": pl.String, "_file": pl.Int64, "_row": pl.Int64}
small = st.none() | st.integers(0, 5)
row = st.fixed_dictionaries(
    {
        "n": small,
        "m": small,
        "x": st.none() | st.floats(-2, 2) | st.just(math.nan),
        "s": st.none() | st.text("abé", max_size=3),
        "_file": st.integers(1, 3),
    }
)
chosen = st.lists(
    st.tuples(st.integers(0, len(RULES) - 1), st.sampled_from(Severity)), unique_by=lambda one: one[0]
)


@settings(max_examples=drawn(60), deadline=None)
@given(st.lists(row, max_size=12), st.permutations(range(12)), chosen)
def test_kept_and_set_aside_are_all_rows_and_counts_are_those_of_plain_python(drawn, numbers, picks):
    rows = [one | {"_row": number} for one, number in zip(drawn, numbers, strict=False)]
    batch = pl.LazyFrame(rows, schema=SCHEMA)
    rules = [
        declare_rule(RULES[n][0] | {"severity": str(s), "id": f"r{n}"}, owner="team:a") for n, s in picks
    ]
    compiled = compile_rules(rules, batch, lambda _: AIRLINES.lazy())
    kept, set_aside = batch.filter(keep(compiled)).collect(), batch.filter(~keep(compiled)).collect()

    broken = [[not RULES[n][1](one, rows) for n, _ in picks] for one in rows]
    decisive = [
        any(b and s is not Severity.WARN for b, (_, s) in zip(line, picks, strict=True)) for line in broken
    ]
    assert Counter(kept["_row"]) == Counter(
        one["_row"] for one, bad in zip(rows, decisive, strict=True) if not bad
    )
    assert Counter(set_aside["_row"]) == Counter(
        one["_row"] for one, bad in zip(rows, decisive, strict=True) if bad
    )

    verdicts = judge(
        compiled, kept.lazy(), set_aside.lazy(), kept_rows=kept.height, set_aside_rows=set_aside.height
    )
    assert [verdict.broken for verdict in verdicts] == [
        sum(line[at] for line in broken) for at in range(len(picks))
    ]
    assert {verdict.judged for verdict in verdicts} <= {len(rows)}
    for at, verdict in enumerate(verdicts):
        places = [(one["_file"], one["_row"]) for one, line in zip(rows, broken, strict=True) if line[at]]
        assert verdict.example == ("file {}, row {}".format(*min(places)) if places else "")

    ids = set_aside.select(broken_rules(compiled).alias("ids"))["ids"].to_list()
    counted = Counter(rule_id for line in ids for rule_id in line)
    assert counted == Counter(
        {v.rule_id: v.broken for v in verdicts if v.severity is not Severity.WARN and v.broken}
    )
