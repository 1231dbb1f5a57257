"""`lake query` answers SQL over all tables: as a table, as JSON, as CSV."""

import json

_ALL = "SELECT hire_id, price, _rescued FROM trusted.bike_hires ORDER BY hire_id"


def test_a_table_for_people(filled_lake):
    assert [line.split() for line in filled_lake.run("query", _ALL).stdout.splitlines()] == [
        ["hire_id", "price", "_rescued"],
        ["1", "2.5", "null"],
        ["2", "4.0", "null"],
    ]


def test_json_is_one_object_for_each_row(filled_lake):
    lines = filled_lake.run("query", "--json", _ALL).stdout.splitlines()
    assert [json.loads(line) for line in lines] == [
        {"hire_id": 1, "price": 2.5, "_rescued": None},
        {"hire_id": 2, "price": 4.0, "_rescued": None},
    ]


def test_csv_has_a_header(filled_lake):
    assert filled_lake.run("query", "--csv", _ALL).stdout == "hire_id,price,_rescued\n1,2.5,\n2,4.0,\n"


def test_a_cut_is_told(filled_lake):
    cut = filled_lake.run("query", "--limit", "1", _ALL)
    assert len(cut.stdout.splitlines()) == 2
    assert "cut after 1 row" in cut.stderr
    assert filled_lake.run("query", "--limit", "2", _ALL).stderr == ""


def test_a_table_is_cut_after_100_rows_and_the_rest_is_in_csv(filled_lake):
    filled_lake.write(
        "inbox/many.csv", "hire_id,price\n" + "".join(f"{number},1\n" for number in range(10, 160))
    )
    filled_lake.run("ingest")
    shown = filled_lake.run("query", _ALL)
    assert len(shown.stdout.splitlines()) == 101
    assert "cut after 100 rows" in shown.stderr
    assert len(filled_lake.run("query", "--csv", _ALL).stdout.splitlines()) == 153
    assert len(filled_lake.run("query", "--csv", "--limit", "5", _ALL).stdout.splitlines()) == 6


def test_tables_of_several_zones_can_be_joined(filled_lake):
    sql = """SELECT f.name, COUNT(*) AS bad FROM quarantine.bike_hires q
             JOIN governance.processed_files f ON q._file = f.file_id GROUP BY f.name"""
    assert filled_lake.run("query", "--csv", sql).stdout == "name,bad\nhires-1.csv,1\n"


def test_a_query_that_is_not_valid_is_told(filled_lake):
    for sql in ("SELEC 1", "SELECT no_such FROM trusted.bike_hires", "SELECT 1 FROM"):
        told = filled_lake.run("query", sql)
        assert (told.exit_code, told.stdout) == (1, "")
        assert "\n  at: " in told.stderr
        assert told.exception is None or isinstance(told.exception, SystemExit)


def test_json_and_csv_exclude_each_other(filled_lake):
    assert filled_lake.run("query", "--csv", "--json", _ALL).exit_code == 2
