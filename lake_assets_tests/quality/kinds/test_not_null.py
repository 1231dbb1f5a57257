import polars as pl


def test_a_null_in_any_column_breaks_it(holds):
    frame = pl.DataFrame({"a": [1, None, 1], "b": ["x", "y", None]})
    assert holds({"not_null": ["a", "b"]}, frame) == [True, False, False]


def test_nan_and_the_empty_text_are_values(holds):
    assert holds({"not_null": ["a", "b"]}, pl.DataFrame({"a": [float("nan")], "b": [""]})) == [True]
