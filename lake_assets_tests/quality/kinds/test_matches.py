import polars as pl


def test_the_pattern_begins_at_the_first_character(holds):
    frame = pl.DataFrame({"a": ["N123", "1N23", "", None]})
    assert holds({"matches": {"a": "N"}}, frame) == [True, False, False, True]


def test_every_alternative_begins_there(holds):
    assert holds({"matches": {"a": "^N|C"}}, pl.DataFrame({"a": ["N1", "C1", "xC"]})) == [True, True, False]
