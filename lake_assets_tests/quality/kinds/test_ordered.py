import polars as pl


def test_equal_neighbours_are_in_order(holds):
    frame = pl.DataFrame({"a": [1, 1, 3], "b": [1, 2, 2], "c": [1, 3, 3]})
    assert holds({"ordered": ["a", "b", "c"]}, frame) == [True, True, False]


def test_a_null_hides_its_own_comparisons_only(holds):
    frame = pl.DataFrame({"a": [1, 9], "b": [None, 1], "c": [0, None]})
    assert holds({"ordered": ["a", "b", "c"]}, frame) == [True, False]


def test_nan_is_in_no_order(holds):
    frame = pl.DataFrame({"a": [1.0, float("nan")], "b": [float("nan"), 1.0]})
    assert holds({"ordered": ["a", "b"]}, frame) == [False, False]
