import json

import polars as pl

from lake_assets.cleaning import Scope


def test_what_a_step_can_make_nothing_of_is_kept_under_its_name_in_the_file(clean):
    frame = pl.DataFrame(
        {"price": ["1", "dear", None], "on": ["2024-01-01", "now", "?"], "_rescued": [None, '{"x":2}', None]}
    )
    scope = Scope(elements={"price": ("Price (GBP)",)})
    outcome = clean(frame, {"cast": {"price": "float", "on": "date"}}, scope=scope)
    beside = [text and json.loads(text) for text in outcome["_rescued"]]
    assert beside == [None, {"Price (GBP)": "dear", "on": "now", "x": 2}, {"on": "?"}]
    assert outcome.counts == {("cast", "price"): (1, 1), ("cast", "on"): (1, 2)}


def test_letters_of_any_kind_are_kept(clean):
    text = 'né "x" \\ \u2028'
    frame = pl.DataFrame({"a": [text], "_rescued": [None]}, schema_overrides={"_rescued": pl.String})
    assert json.loads(clean(frame, {"cast": {"a": "int"}})["_rescued"][0]) == {"a": text}


def test_rows_without_such_a_column_are_cleaned_all_the_same(clean):
    assert clean(pl.DataFrame({"a": ["1", "x"]}), {"cast": {"a": "int"}})["a"] == [1, None]
