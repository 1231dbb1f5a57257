"""`Lake.diff` tells exactly the rows and cells that differ, and reads only what the versions do not share."""

import polars as pl
import pytest

from lake_assets.errors import StorageError
from lake_assets.model import TableRef, Zone
from lake_assets.storage.commit import Change, commit
from lake_assets.storage.data_files import write_data_files
from lake_assets.storage.maintenance import compact
from lake_assets_tests.versions.conftest import HIRES


def _cells(row):
    return [(cell.column, cell.before, cell.after) for cell in row.cells]


def test_only_the_corrected_row_changed(corrected):
    found = corrected.lake.diff("trusted.hires", 0)
    assert (found.added, found.removed, found.changed, found.came_again) == (0, 0, 1, 1)
    (row,) = found.changed_rows
    assert row.key == {"hire_id": 2}
    assert _cells(row) == [("price", 400.0, 4.0)]
    assert (found.rows_before, found.rows_after, found.key) == (3, 3, ("hire_id",))


def test_what_is_made_of_it_changed_with_it(corrected):
    found = corrected.lake.diff("exploitation.takings", 0)
    assert found.key == ()
    assert found.removed_rows == ({"city": "Rome", "takings": 402.5},)
    assert found.added_rows == ({"city": "Rome", "takings": 6.5},)


def test_the_other_way_round_it_changed_back(corrected):
    (row,) = corrected.lake.diff("trusted.hires", 1, 0).changed_rows
    assert _cells(row) == [("price", 4.0, 400.0)]


def test_a_version_does_not_differ_from_itself(corrected):
    found = corrected.lake.diff("trusted.hires", 1, 1)
    assert found.is_empty
    assert found.files_read == 0


def test_of_a_personal_cell_only_that_it_changed_is_told(corrected):
    corrected.drop("third.csv", "hire_id,price,city,rider\n1,2.5,Rome,Ida\n")
    corrected.ingest_whole()
    found = corrected.lake.diff("trusted.hires", 1)
    assert _cells(found.changed_rows[0]) == [("rider", "(personal)", "(personal)")]
    assert "Ida" not in repr(found)


def test_rows_only_laid_out_anew_are_no_difference(corrected):
    table = corrected.lake.table("formatted.hires")
    assert compact(table).version == table.version + 1
    found = corrected.lake.diff("formatted.hires", table.version)
    assert found.is_empty
    assert found.files_read == 3


def test_a_file_that_both_have_is_not_read(corrected):
    found = corrected.lake.diff("formatted.hires", 0)
    assert (found.files_read, found.files_shared, found.added) == (1, 1, 2)
    assert [row["hire_id"] for row in found.added_rows] == [2, 4]


def test_a_version_whose_files_were_vacuumed_is_refused(corrected):
    table = corrected.lake.table("trusted.hires", 0)
    corrected.lake.root.files.delete([f"trusted/hires/{path}" for path in table.files["path"]])
    with pytest.raises(StorageError, match=r"1 of the 1 files to read have been vacuumed"):
        corrected.lake.diff("trusted.hires", 0)
    with pytest.raises(StorageError, match="vacuumed"):
        corrected.lake.scan("trusted.hires", version=0)


@pytest.mark.parametrize("version", [-1, 9])
def test_a_version_that_never_was_is_refused(corrected, version):
    with pytest.raises(StorageError, match=f"has no version {version}"):
        corrected.lake.diff("trusted.hires", version)


def _put(root, ref, frame, *, replaces=False):
    def decide(table):
        files = write_data_files(root, ref, frame)
        old = table.files["path"].to_list() if table and not replaces else []
        return Change(frame.collect_schema(), files, old, replaces_table=replaces)

    return commit(root, ref, decide)


def test_rows_without_a_key_are_counted_as_a_whole(a_lake):
    a_lake.declare(HIRES)
    root, ref = a_lake.lake.root, TableRef(Zone.EXPLOITATION, "loose")
    _put(root, ref, pl.LazyFrame({"a": [1, 1, 2], "b": [[1], [1], None]}))
    _put(root, ref, pl.LazyFrame({"a": [1, 2, 2], "b": [[1], None, None]}))
    found = a_lake.lake.diff("exploitation.loose", 0)
    assert (found.key, found.added, found.removed, found.changed) == ((), 1, 1, 0)
    assert found.added_rows == ({"a": 2, "b": None},)
    assert found.removed_rows == ({"a": 1, "b": [1]},)


def test_columns_that_changed_are_told_and_numbers_of_another_type_are_alike(a_lake):
    a_lake.declare(HIRES)
    root, ref = a_lake.lake.root, TableRef(Zone.EXPLOITATION, "retyped")
    _put(root, ref, pl.LazyFrame({"_file": [1, 1], "_row": [1, 2], "x": [5, 6], "old": ["p", None]}))
    new = pl.LazyFrame({"_file": [1, 1], "_row": [1, 2], "x": [5.0, 6.5], "new": [None, "n"]})
    _put(root, ref, new, replaces=True)
    found = a_lake.lake.diff("exploitation.retyped", 0)
    told = {(each.kind, each.column) for each in found.schema_changes}
    assert told == {("retyped", "x"), ("removed", "old"), ("added", "new")}
    changed = {row.key["_row"]: _cells(row) for row in found.changed_rows}
    assert changed == {1: [("old", "p", None)], 2: [("x", 6.0, 6.5), ("new", None, "n")]}


def test_no_more_rows_are_told_than_asked_for(corrected):
    found = corrected.lake.diff("formatted.hires", 0, limit=1)
    assert (found.added, len(found.added_rows)) == (2, 1)
