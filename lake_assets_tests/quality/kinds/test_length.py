import polars as pl


def test_characters_are_counted_not_bytes(holds):
    assert holds({"length": {"a": 2}}, pl.DataFrame({"a": ["éü", "abc", "", None]})) == [
        True,
        False,
        False,
        True,
    ]


def test_elements_of_a_list_are_counted(holds):
    assert holds({"length": {"a": [1, None]}}, pl.DataFrame({"a": [[1], [], None]})) == [True, False, True]
