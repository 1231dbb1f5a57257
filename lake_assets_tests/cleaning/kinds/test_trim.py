import polars as pl
import pytest

from lake_assets.errors import SchemaError

E_ACUTE = ("e\u0301", "\u00e9")


def test_white_space_goes_and_letters_are_composed(cells):
    raw = ["  New   York ", "Lima", "Caf" + E_ACUTE[0], "a\u00a0\tb\n", "\u2003x", None]
    assert cells(raw, {"trim": "a"}) == ["New York", "Lima", "Caf" + E_ACUTE[1], "a b", "x", None]


def test_what_is_empty_then_is_null(cells):
    assert cells(["   ", "", "\t"], {"trim": "a"}) == [None, None, None]


def test_clean_text_is_not_touched(clean):
    outcome = clean(pl.DataFrame({"a": ["Lima", "New York", None, "~!"]}), {"trim": "a"})
    assert outcome.counts == {("trim", "a"): (0, 0)}


def test_a_star_is_every_text_but_what_is_kept_beside_the_row(clean):
    frame = pl.DataFrame({"a": [" x"], "n": [1], "b": ["y "], "_rescued": [' {"a":1}']})
    outcome = clean(frame, {"trim": "*"})
    assert outcome.rows.row(0) == ("x", 1, "y", ' {"a":1}')
    assert set(outcome.counts) == {("trim", "a"), ("trim", "b")}


def test_numbers_are_refused(clean):
    with pytest.raises(SchemaError, match="not text"):
        clean(pl.DataFrame({"a": [1]}), {"trim": "a"})


def test_texts_that_repeat_are_trimmed_as_others_are(clean):
    few = [" Rome ", "Oslo", None, "  ", "Cafe\u0301"] * 1_000
    many = [f" {number}" if number % 7 else str(number) for number in range(5_000)]
    outcome = clean(pl.DataFrame({"few": few, "many": many}), {"trim": "*"})
    assert outcome["few"] == ["Rome", "Oslo", None, None, "Caf\u00e9"] * 1_000
    assert outcome["many"] == [str(number) for number in range(5_000)]
    assert outcome.counts == {
        ("trim", "few"): (3_000, 0),
        ("trim", "many"): (sum(n % 7 > 0 for n in range(5_000)), 0),
    }


def test_texts_that_repeat_and_are_trimmed_are_not_touched(clean):
    assert clean(pl.DataFrame({"a": ["Rome", "Oslo"] * 2_000}), {"trim": "a"}).counts == {
        ("trim", "a"): (0, 0)
    }
