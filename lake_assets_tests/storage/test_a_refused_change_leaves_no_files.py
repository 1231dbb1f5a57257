import polars as pl
import pytest

from lake_assets.errors import SchemaError
from lake_assets.storage import data_files
from lake_assets.storage.commit import Change, commit
from lake_assets.storage.data_files import write_data_files, write_split
from lake_assets_tests.storage.lakes import FLIGHTS, add, data_names, frame, values


def test_a_column_of_another_type(root):
    add(root, frame(n=[1]))
    with pytest.raises(SchemaError, match="column n is Int64 in the table and String"):
        add(root, frame(n=["x"]))
    assert len(data_names(root)) == 1


def test_a_column_of_a_name_in_another_case(root):
    add(root, frame(n=[1]))
    with pytest.raises(SchemaError, match="n and N differ in case alone") as caught:
        add(root, frame(N=[1]))
    assert caught.value.mend == "rename one of them"
    assert len(data_names(root)) == 1


def test_a_schema_that_is_not_that_of_the_files(root):
    files = write_data_files(root, FLIGHTS, frame(n=[1]))
    with pytest.raises(SchemaError, match="UInt8"):
        commit(root, FLIGHTS, lambda _: Change(pl.Schema({"n": pl.UInt8}), files))
    assert data_names(root) == []


@pytest.mark.parametrize("write", [write_data_files, lambda *given: write_split(*given, pl.col("n") >= 0)])
def test_a_frame_that_fails_on_the_way(local_root, write, monkeypatch):
    monkeypatch.setattr(data_files, "_ROWS_PER_FILE", 10_000)
    rows = pl.LazyFrame({"n": [str(number) for number in range(200_000)] + ["x"]})
    with pytest.raises(pl.exceptions.PolarsError):
        write(local_root, FLIGHTS, rows.with_columns(pl.col("n").cast(pl.Int64)))
    assert len(data_names(local_root)) <= 1, "only the file that polars had in hand may be left"


def test_what_was_there_before_stays(root):
    add(root, frame(n=[1]))
    with pytest.raises(SchemaError):
        add(root, frame(n=[True]))
    assert values(root, "n") == [1]
