from pathlib import Path

import polars as pl
import pytest

from lake_assets.model import TableRef
from lake_assets.storage.commit import Change, commit
from lake_assets.storage.data_files import write_data_files
from lake_assets.storage.root import LakeRoot


@pytest.mark.parametrize("name", ["with space", "häfen", "100%", "a#b"])
def test_what_is_committed_under_it_is_read(tmp_path: Path, name: str) -> None:
    root, ref = LakeRoot(str(tmp_path / name)), TableRef.parse("trusted.hires")
    rows = pl.LazyFrame({"a": [1, 2]})
    table = commit(root, ref, lambda _: Change(rows.collect_schema(), write_data_files(root, ref, rows)))
    assert table is not None
    assert table.scan().filter(pl.col("a") > 1).collect()["a"].to_list() == [2]
