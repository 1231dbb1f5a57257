"""Whatever the rows: what a step says it changed is what differs, and every cell is accounted for."""

import unicodedata

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lake_assets_tests.cleaning.through_steps import cleaned
from lake_assets_tests.examples import drawn

texts = (
    st.none()
    | st.text(alphabet=" aé\u0301\t\u00a0N", max_size=5)
    | st.sampled_from(["NA", "1", "2.5", "1,000"])
)
STEPS = [
    {"trim": ["a", "b"]},
    {"case": {"a": "upper"}},
    {"null_tokens": {"a": ["NA"], "b": ["na"]}},
    {"replace": {"a": {"1": "one"}}},
    {"cast": {"b": {"type": "float", "thousands": ","}}},
]


def _trimmed(text):
    return (text and (" ".join(unicodedata.normalize("NFC", text).split()) or None)) or None


def _number(text):
    return {"1": 1.0, "2.5": 2.5, "1,000": 1000.0}.get(text)


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=drawn(80))
@given(st.lists(st.tuples(texts, texts), max_size=12))
def test_counts_and_values_are_those_of_plain_python(rows):
    frame = pl.DataFrame(rows, schema={"a": pl.String, "b": pl.String}, orient="row")
    outcome = cleaned(frame.with_columns(_rescued=pl.lit(None, pl.String)), *STEPS)
    expected, column = {}, {"a": [a for a, _ in rows], "b": [b for _, b in rows]}

    def step(kind, name, function):
        before, after = column[name], [None if cell is None else function(cell) for cell in column[name]]
        expected[kind, name] = (sum(old != new for old, new in zip(before, after, strict=True)), 0)
        column[name] = after

    step("trim", "a", _trimmed)
    step("trim", "b", _trimmed)
    step("case", "a", str.upper)
    step("null_tokens", "a", lambda text: None if text == "NA" else text)
    step("null_tokens", "b", lambda text: None if text == "na" else text)
    step("replace", "a", lambda text: "one" if text == "1" else text)
    before = column["b"]
    column["b"] = [_number(text) for text in before]
    lost = sum(old is not None and new is None for old, new in zip(before, column["b"], strict=True))
    expected["cast", "b"] = (sum(old is not None for old in before) - lost, lost)

    assert outcome.counts == expected
    assert outcome["a"] == column["a"]
    assert outcome["b"] == column["b"]
    assert sum(text is not None for text in outcome["_rescued"]) == lost
