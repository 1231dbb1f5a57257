"""Every table there is, with its version, rows, files and bytes."""

from lake_assets.model import TableRef, Zone


def test_an_empty_lake_has_none(a_lake):
    a_lake.declare("bikes: {from: '*.csv'}")
    assert a_lake.lake.tables() == []


def test_each_with_its_counts(a_lake):
    a_lake.declare("bikes: {from: '*.csv'}")
    a_lake.drop("a.csv", "id,price\n1,5\n2,6\n")
    a_lake.ingest_whole()
    found = {str(table.ref): table for table in a_lake.lake.tables()}
    expected = ["formatted.bikes", "trusted.bikes", "governance.mappings"]
    expected += ["governance.operations", "governance.processed_files", "governance.runs"]
    assert list(found) == expected
    trusted = found["trusted.bikes"]
    assert (trusted.version, trusted.rows, trusted.files, trusted.columns) == (0, 2, 1, 5)
    assert trusted.size_bytes > 0


def test_a_folder_that_holds_no_table_is_none(a_lake):
    a_lake.declare("bikes: {from: '*.csv'}")
    a_lake.write("lake/trusted/somebody/note.txt", "no table")
    assert a_lake.lake.tables() == []


def test_an_empty_table_has_no_rows(a_lake):
    a_lake.declare("bikes: {from: '*.csv'}")
    a_lake.drop("a.csv", "id,price\n")
    a_lake.ingest_whole()
    summary = next(table for table in a_lake.lake.tables() if table.ref == TableRef(Zone.TRUSTED, "bikes"))
    assert (summary.rows, summary.files, summary.size_bytes) == (0, 0, 0)
