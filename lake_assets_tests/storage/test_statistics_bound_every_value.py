import json
from datetime import UTC, date, datetime
from tempfile import TemporaryDirectory

import polars as pl
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lake_assets.storage.data_files import write_data_files
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import open_table
from lake_assets_tests.examples import drawn
from lake_assets_tests.storage.lakes import FLIGHTS, add

INF = float("inf")
WIDEST = 2**63 - 1
VALUES = {
    pl.Int64(): st.integers(-WIDEST - 1, WIDEST),
    pl.Int32(): st.integers(-(2**31), 2**31 - 1),
    pl.Int8(): st.integers(-128, 127),
    pl.Float64(): st.floats(),
    pl.Float32(): st.floats(width=32),
    pl.String(): st.text(max_size=3) | st.text(alphabet="a\x7f\u00e9\ud7ff\ue000\U0010ffff", max_size=80),
    pl.Boolean(): st.booleans(),
    pl.Date(): st.dates(),
    pl.Datetime("us", "UTC"): st.datetimes(timezones=st.just(UTC)),
    pl.Datetime("us"): st.datetimes(),
    pl.Decimal(20, 3): st.decimals(-(10**9), 10**9, places=3),
    pl.Binary(): st.binary(max_size=40),
}
COLUMNS = st.sampled_from(list(VALUES)).flatmap(
    lambda kind: st.tuples(st.just(kind), st.lists(st.none() | VALUES[kind], min_size=1, max_size=8))
)


@settings(max_examples=drawn(120), deadline=None)
@given(COLUMNS)
@example((pl.Float64(), [1.0, float("nan"), 3.0]))
@example((pl.Float64(), [float("nan")]))
@example((pl.Float64(), [-0.0, 0.0, INF, -INF]))
@example((pl.Int64(), [-WIDEST - 1, WIDEST]))
@example((pl.Datetime("us", "UTC"), [datetime.max.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC)]))
@example((pl.Datetime("us", "UTC"), [datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)]))
@example((pl.Date(), [date.min, date.max]))
@example((pl.String(), ["\U0010ffff" * 33, "\ud7ff" * 33, ""]))
@example((pl.String(), ["\U00020000"]))
@example((pl.String(), ["a" * 31 + "\U0001f600" * 60]))
def test_of_every_type(column):
    kind, values = column
    with TemporaryDirectory() as folder:
        root = LakeRoot(folder)
        table = add(root, pl.LazyFrame({"c": pl.Series(values, dtype=kind)}))
        rows, bounds = table.scan().collect()["c"], table.files
        assert bounds["num_records"].to_list() == [len(values)]
        assert bounds["null_count.c"].to_list() == [values.count(None)]
        for side, holds in (("min", pl.Series.__le__), ("max", pl.Series.__ge__)):
            bound = bounds[f"{side}.c"] if f"{side}.c" in bounds.columns else pl.Series([None])
            if bound.item() is not None and rows.drop_nulls().len():
                assert holds(bound.new_from_index(0, rows.drop_nulls().len()), rows.drop_nulls()).all()
        before = bounds
        table.delta.create_checkpoint()
        assert open_table(root, FLIGHTS).files.equals(before), "a checkpoint keeps them"


def written(root, **columns):
    (file,) = write_data_files(root, FLIGHTS, pl.LazyFrame(columns))
    return json.loads(file.statistics)


def test_are_tight_where_they_can_be(root):
    moments = [datetime(2024, 1, 1, 0, 0, 0, 1500, tzinfo=UTC), datetime(2024, 1, 2, tzinfo=UTC)]
    found = written(root, n=[3, None, 1], name=["b", "a", "c"], at=[*moments, None], price=[1.5, 2.5, None])
    assert found == {
        "numRecords": 3,
        "minValues": {"n": 1, "name": "a", "at": "2024-01-01T00:00:00.001Z", "price": 1.5},
        "maxValues": {"n": 3, "name": "c", "at": "2024-01-02T00:00:00.000Z"},
        "nullCount": {"n": 1, "name": 0, "at": 1, "price": 1},
    }


def test_are_left_out_beyond_the_calendar_of_python(local_root):
    far = pl.Series([2**62, -(2**62)])
    found = written(local_root, at=far.cast(pl.Datetime("us", "UTC")), on=(far // 2**40).cast(pl.Date))
    assert (found["minValues"], found["maxValues"], found["nullCount"]) == ({}, {}, {"at": 0, "on": 0})


def test_of_nested_columns_are_left_out(local_root):
    found = written(local_root, n=[1], tags=[["a"]], place=[{"x": 1}])
    assert (found["minValues"], found["nullCount"]) == ({"n": 1}, {"n": 0})


def test_of_provenance_columns_are_there_in_wide_tables(local_root):
    columns = {f"column_{number}": [number] for number in range(50)}
    table = add(local_root, pl.LazyFrame({**columns, "_file": [7], "_row": [1]}))
    assert table.files["max._file"].to_list() == [7]
    assert "max.column_31" in table.files.columns
    table.delta.create_checkpoint()
    assert open_table(local_root, FLIGHTS).files["max._file"].to_list() == [7]


def test_span_all_row_groups(local_root):
    found = written(
        local_root, n=pl.Series(range(700_000)).reverse(), gap=pl.Series([None] * 600_000 + [1] * 100_000)
    )
    assert found["minValues"] == {"n": 0, "gap": 1}
    assert found["maxValues"] == {"n": 699_999, "gap": 1}
    assert found["nullCount"] == {"n": 0, "gap": 600_000}


def test_are_read_from_the_end_of_the_file_alone(meddled_root, meddler):
    rows = pl.LazyFrame({"n": pl.Series(range(300_000)).shuffle(seed=1)})
    (file,) = write_data_files(meddled_root, FLIGHTS, rows)
    reads = [asked for asked in meddler.asked if asked.method == "GET" and asked.path.endswith(file.path)]
    assert file.size_bytes > 200_000
    assert [asked.range for asked in reads] == ["bytes=-65536"]


def test_of_a_footer_that_is_longer_than_the_first_guess(meddled_root, meddler):
    columns = {f"a_long_name_of_column_{number}": ["x" * 60] for number in range(600)}
    (file,) = write_data_files(meddled_root, FLIGHTS, pl.LazyFrame(columns))
    assert json.loads(file.statistics)["numRecords"] == 1
    assert len({asked.range for asked in meddler.asked if asked.range}) == 2
