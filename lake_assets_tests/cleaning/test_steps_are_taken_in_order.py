import polars as pl
import pytest

from lake_assets.errors import SchemaError


def test_each_step_finds_what_the_one_before_left(cells):
    steps = [{"trim": "a"}, {"case": {"a": "upper"}}, {"null_tokens": {"a": "NA"}}]
    assert cells([" na ", "x"], *steps) == [None, "X"]
    assert cells([" na ", "x"], *reversed(steps)) == ["NA", "X"]


def test_a_type_made_by_one_step_is_the_type_that_the_next_finds(cells):
    steps = [{"cast": {"a": "float"}}, {"unit": {"a": {"from": "km", "to": "m"}}}]
    assert cells(["1.5", "?"], *steps) == [1500.0, None]
    with pytest.raises(SchemaError, match=r"cleaning step 1 \(unit\), column a"):
        cells(["1.5"], *reversed(steps))


def test_a_column_that_is_not_there_names_the_near_ones(clean):
    with pytest.raises(SchemaError, match="no column 'nmae'") as caught:
        clean(pl.DataFrame({"name": ["x"]}), {"trim": "nmae"})
    assert "did you mean name" in caught.value.mend


def test_columns_and_rows_stay_where_they_are(clean):
    frame = pl.DataFrame(
        {
            "b": [" 1", "2", "z"],
            "a": ["x ", "y", "z"],
            "_rescued": [None, None, "{}"],
            "_file": [1, 1, 1],
            "_row": [1, 2, 3],
        }
    )
    outcome = clean(frame, {"trim": "*"}, {"cast": {"b": "int"}}, {"case": {"a": "upper"}})
    assert outcome.rows.columns == frame.columns
    assert outcome.rows.select("b", "a", "_row").rows() == [(1, "X", 1), (2, "Y", 2), (None, "Z", 3)]
