import polars as pl

from lake_assets.storage import data_files
from lake_assets.storage.data_files import discard, write_data_files
from lake_assets_tests.storage.lakes import FLIGHTS, data_names, frame


def test_in_files_of_bounded_length(root, monkeypatch):
    monkeypatch.setattr(data_files, "_ROWS_PER_FILE", 1000)
    files = write_data_files(root, FLIGHTS, frame(n=range(2500)))
    assert [file.rows for file in files] == [1000, 1000, 500]
    uris = [f"{root.table_uri(FLIGHTS)}/{file.path}" for file in files]
    rows = pl.scan_parquet(uris, storage_options=root.storage_options or None).collect()
    assert rows["n"].to_list() == list(range(2500))


def test_with_their_size(root):
    (file,) = write_data_files(root, FLIGHTS, frame(n=[1]))
    (entry,) = root.files.list(FLIGHTS.path)
    assert (entry.path, entry.size_bytes) == (f"{FLIGHTS.path}/{file.path}", file.size_bytes)


def test_no_rows_make_no_file(root):
    assert write_data_files(root, FLIGHTS, frame(n=[1]).limit(0)) == []
    assert data_names(root) == []


def test_discarded_ones_are_gone_and_may_be_discarded_again(root):
    files = write_data_files(root, FLIGHTS, frame(n=[1]))
    other = write_data_files(root, FLIGHTS, frame(n=[2]))
    discard(root, FLIGHTS, files)
    discard(root, FLIGHTS, files)
    assert data_names(root) == [other[0].path]
