import polars as pl
import pytest

FRAME = pl.DataFrame({"a": [1, 2, None], "b": [2, 1, 1], "s": ["x", "12", None]})


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("b > a", [True, False, True]),
        ("a IN (1, 3)", [True, False, True]),
        ("a NOT IN (1, 3) OR s = 'x'", [True, True, True]),
        ("s LIKE '1%'", [False, True, True]),
        ("a IS NOT NULL", [True, True, False]),
        ("COALESCE(a, b) = 1", [True, False, True]),
        ("TRY_CAST(s AS INT) > 20", [True, False, True]),
        ("TRY_CAST(s AS INT) IS NOT NULL", [False, True, False]),
        ("CASE WHEN a IN (1, 2) THEN b < 2 ELSE TRUE END", [False, True, True]),
        ("CAST('2013-01-01' AS DATE) < DATE '2013-01-02' AND a > 1", [False, True, True]),
    ],
)
def test_a_condition_that_is_false_is_broken_and_unknown_is_not(holds, sql, expected):
    assert holds({"expression": sql}, FRAME) == expected
