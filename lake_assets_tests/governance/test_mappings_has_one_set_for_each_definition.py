"""Governance keeps what each column is made of, once for each definition, and it can be made again."""

import shutil

import polars as pl
import pytest

from lake_assets.governance.mappings import recorded_lineage
from lake_assets.model import TableRef
from lake_assets_tests.flow.a_lake import ALake

DATASET = "bikes: {from: '*.csv', key: [id], columns: {id: int, price: float}}"
SQL = "SELECT id, price * 2 AS twice FROM trusted.bikes WHERE price > 1"
COLUMNS = ("to_column", "from_table", "from_column", "type", "subtype")


@pytest.fixture
def a_lake(tmp_path):
    lake = ALake(tmp_path)
    lake.declare(DATASET)
    lake.declare_table("doubled", SQL)
    lake.drop("a.csv", "id,price\n1,2.5\n")
    lake.ingest_whole()
    return lake


def _sets(a_lake, table):
    """The sets of a table, the oldest first: the run and the edges of each."""
    rows = a_lake.frame("governance.mappings").filter(pl.col("to_table") == table)
    found = rows.sort("valid_from").partition_by("valid_from", maintain_order=True)
    return [(each["run_id"].unique().item(), sorted(each.select(COLUMNS).rows())) for each in found]


def test_every_edge_of_a_query_is_a_row(a_lake):
    ((_, edges),) = _sets(a_lake, "exploitation.doubled")
    assert edges == [
        ("*", "trusted.bikes", "price", "INDIRECT", "FILTER"),
        ("id", "trusted.bikes", "id", "DIRECT", "IDENTITY"),
        ("twice", "trusted.bikes", "price", "DIRECT", "TRANSFORMATION"),
    ]


def test_what_is_declared_of_a_dataset_is_there_too(a_lake):
    ((_, formatted),) = _sets(a_lake, "formatted.bikes")
    assert ("price", "persistent_landing.bikes", "price", "DIRECT", "TRANSFORMATION") in formatted
    ((_, trusted),) = _sets(a_lake, "trusted.bikes")
    assert ("price", "formatted.bikes", "price", "DIRECT", "IDENTITY") in trusted


def test_new_rows_under_the_same_definition_add_nothing(a_lake):
    before = a_lake.find("governance.mappings").version
    a_lake.drop("b.csv", "id,price\n2,3.5\n")
    a_lake.ingest_whole()
    a_lake.ingest_whole()
    assert a_lake.find("governance.mappings").version == before


def test_another_query_opens_another_set(a_lake):
    (first,) = _sets(a_lake, "exploitation.doubled")
    a_lake.declare_table("doubled", SQL.replace("price * 2", "id * 2"))
    a_lake.ingest_whole()
    before, after = _sets(a_lake, "exploitation.doubled")
    assert before == first
    assert ("twice", "trusted.bikes", "id", "DIRECT", "TRANSFORMATION") in after[1]
    assert len(_sets(a_lake, "trusted.bikes")) == 1


def test_a_new_element_opens_another_set_of_the_tables_it_reaches(a_lake):
    a_lake.drop("b.csv", "id,price,colour\n2,3.5,red\n")
    a_lake.ingest_whole()
    assert [len(_sets(a_lake, f"{zone}.bikes")) for zone in ("formatted", "trusted")] == [2, 2]


def test_the_table_can_be_made_again(a_lake):
    a_lake.declare_table("doubled", SQL.replace("price * 2", "id * 2"))
    a_lake.ingest_whole()
    before = {name: _sets(a_lake, name) for name in ("exploitation.doubled", "trusted.bikes")}
    shutil.rmtree(a_lake.folder / "lake" / "governance" / "mappings")
    a_lake.lake.record_mappings()
    assert _sets(a_lake, "exploitation.doubled") == before["exploitation.doubled"]
    assert [edges for _, edges in _sets(a_lake, "trusted.bikes")] == [
        edges for _, edges in before["trusted.bikes"]
    ]
    a_lake.lake.record_mappings()
    assert _sets(a_lake, "exploitation.doubled") == before["exploitation.doubled"]


def test_an_opaque_function_is_marked(a_lake):
    a_lake.write(
        "defs/exploitation/made.py",
        "from lake_assets.declarations import exploitation_table\n\n\n@exploitation_table()\n"
        "def counted(bikes):\n    return bikes.collect().select('id')\n",
    )
    a_lake.ingest_whole()
    rows = a_lake.frame("governance.mappings").filter(pl.col("to_table") == "exploitation.counted")
    assert {"id", "price"} <= set(rows.filter("is_opaque")["from_column"])


def test_a_commit_says_what_was_found_when_the_table_was_made(a_lake):
    ref = TableRef.parse("exploitation.doubled")
    found = a_lake.lake.lineage.of(ref)
    assert recorded_lineage(a_lake.find("exploitation.doubled")) == found
    a_lake.declare_table("doubled", SQL.replace("price * 2", "id * 2"))
    assert a_lake.lake.lineage.as_made(ref) == found
    assert a_lake.lake.lineage.of(ref) != found


def test_a_function_is_called_once_more_only_when_something_changed(a_lake):
    a_lake.write(
        "defs/exploitation/made.py",
        "from pathlib import Path\n\nfrom lake_assets.declarations import exploitation_table\n\n\n"
        "@exploitation_table()\ndef counted(bikes):\n"
        f"    with Path({str(a_lake.folder / 'calls')!r}).open('a') as calls:\n        calls.write('x')\n"
        "    return bikes.select('id')\n",
    )
    a_lake.ingest_whole()
    assert (a_lake.folder / "calls").read_text() == "xx"
    a_lake.drop("b.csv", "id,price\n2,3.5\n")
    a_lake.ingest_whole()
    assert (a_lake.folder / "calls").read_text() == "xxx"
