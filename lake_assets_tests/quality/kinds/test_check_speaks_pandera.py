import polars as pl
import pytest

FRAME = pl.DataFrame({"s": ["Na", "xb", None], "n": [1, 5, None]})


@pytest.mark.parametrize(
    ("check", "expected"),
    [
        ({"column": "s", "name": "str_startswith", "string": "N"}, [True, False, True]),
        ({"column": "s", "name": "str_endswith", "string": "b"}, [False, True, True]),
        ({"column": "n", "name": "notin", "forbidden_values": [5, 6]}, [True, False, True]),
        ({"column": "n", "name": "greater_than", "min_value": 1}, [False, True, True]),
    ],
)
def test_a_check_of_pandera_is_judged_with_the_rest(holds, check, expected):
    assert holds({"check": check}, FRAME) == expected
