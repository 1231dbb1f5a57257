"""A table made from new rows alone holds, after any sequence of changes, what a query over everything gives."""

import random

import pytest

from lake_assets_tests.flow.a_lake import ALake

DATASETS = """\
hires: {from: hires/*.csv, key: [id], columns: {id: int, bike: int, price: int}}
bikes: {from: bikes/*.csv, key: [bike], columns: {bike: int, colour: text}}
"""
HEAD = "/*\ndescription: hires\nkey: [{key}]\nincremental_on: {driver}\n*/\n"
QUERIES = {
    "passed_through": ("id", "SELECT id, bike, price * 2 AS twice, _file, _row FROM trusted.hires"),
    "filtered": ("id", "SELECT id, price FROM trusted.hires WHERE price > 3"),
    "joined": (
        "id",
        "SELECT h.id, h.price, b.colour FROM trusted.hires AS h LEFT JOIN trusted.bikes AS b ON h.bike = b.bike",
    ),
    "under_another_key": ("hire", "SELECT CONCAT(id, '-', bike) AS hire, price FROM trusted.hires"),
    "with_a_key_that_may_be_null": (
        "id",
        "SELECT CASE WHEN price > 3 THEN id END AS id, price FROM trusted.hires",
    ),
}


def _declare(a_lake, name, sql, key="id", driver="trusted.hires"):
    a_lake.declare_table(name, HEAD.format(key=key, driver=driver) + sql)


def _change(a_lake, chance, number):
    """New hires, corrected hires, and now and then another colour for a bike."""
    rows = "".join(
        f"{chance.randint(1, 12)},{chance.randint(1, 3)},{chance.randint(0, 9)}\n" for _ in range(4)
    )
    a_lake.drop(f"hires/{number}.csv", f"id,bike,price\n{rows}")
    if chance.random() < 0.3 or not number:
        a_lake.drop(f"bikes/{number}.csv", f"bike,colour\n{chance.randint(1, 3)},red{number}\n")


def _expect_all(a_lake, sql, table="facts"):
    expected = a_lake.lake.query(sql).collect()
    found = a_lake.frame(f"exploitation.{table}")
    assert found.schema.names() == expected.schema.names()
    assert (table, sorted(found.rows(), key=str)) == (table, sorted(expected.rows(), key=str))


@pytest.mark.parametrize("seed", range(2))
def test_after_every_change(tmp_path, seed):
    a_lake, chance = ALake(tmp_path), random.Random(seed)
    a_lake.declare(DATASETS)
    for name, (key, sql) in QUERIES.items():
        _declare(a_lake, name, sql, key)
    for number in range(5):
        _change(a_lake, chance, number)
        a_lake.ingest_whole()
        for name, (_, sql) in QUERIES.items():
            _expect_all(a_lake, sql, name)


def test_rows_that_were_there_are_not_written_again(a_lake):
    a_lake.declare(DATASETS)
    _declare(a_lake, "facts", QUERIES["passed_through"][1])
    for number in range(3):
        a_lake.drop(f"hires/{number}.csv", f"id,bike,price\n{number},1,1\n")
        a_lake.drop("bikes/0.csv", "bike,colour\n1,red\n")
        a_lake.ingest_whole()
    modes = [note.content["write_mode"] for note in a_lake.find("exploitation.facts").notes(None)]
    rows = [note.content["rows_out"] for note in a_lake.find("exploitation.facts").notes(None)]
    assert (modes, rows) == (["replace", "upsert", "upsert"], [1, 1, 1])


def test_a_table_made_from_one_that_was_made_anew_is_made_anew(a_lake):
    a_lake.declare(DATASETS)
    joined = QUERIES["joined"][1].replace("h.price,", "h.price, h._file, h._row,")
    _declare(a_lake, "facts", joined)
    _declare(a_lake, "further", "SELECT id, colour FROM exploitation.facts", driver="exploitation.facts")
    a_lake.drop("hires/0.csv", "id,bike,price\n1,1,1\n")
    a_lake.drop("bikes/0.csv", "bike,colour\n1,red\n")
    a_lake.ingest_whole()
    a_lake.drop("bikes/0.csv", "bike,colour\n1,blue\n")
    a_lake.ingest_whole()
    assert a_lake.rows("exploitation.further", "id", "colour") == [(1, "blue")]


def test_a_driving_table_without_provenance_is_read_whole(a_lake):
    a_lake.declare(DATASETS)
    a_lake.declare_table("facts", "/*\ndescription: hires\nkey: [id]\n*/\nSELECT id FROM trusted.hires")
    _declare(a_lake, "further", "SELECT id FROM exploitation.facts", driver="exploitation.facts")
    for number in range(2):
        a_lake.drop("bikes/0.csv", "bike,colour\n1,red\n")
        a_lake.drop(f"hires/{number}.csv", f"id,bike,price\n{number},1,1\n")
        a_lake.ingest_whole()
    assert sorted(a_lake.rows("exploitation.further", "id")) == [(0,), (1,)]


def test_a_replaced_snapshot_leaves_nothing_behind(a_lake):
    a_lake.declare("hires: {from: '*.csv', key: [id], write: replace}")
    sql = "SELECT id, _file, _row FROM trusted.hires"
    _declare(a_lake, "facts", sql)
    for number in range(3):
        a_lake.drop("snapshot.csv", f"id\n{number}\n{number + 1}\n")
        a_lake.ingest_whole()
        _expect_all(a_lake, sql)


def test_a_column_that_comes_later_is_there_for_every_row(a_lake):
    a_lake.declare("hires: {from: '*.csv', key: [id]}")
    sql = "SELECT * FROM trusted.hires"
    _declare(a_lake, "facts", sql)
    for number, more in enumerate(["", ",colour", ""]):
        a_lake.drop(f"{number}.csv", f"id{more}\n{number}{more and ',red'}\n")
        a_lake.ingest_whole()
        _expect_all(a_lake, sql)
