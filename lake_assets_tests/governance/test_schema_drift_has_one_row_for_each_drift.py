"""Governance keeps every drift: taken from the commits of the formatted tables, once."""

import shutil

import pytest

from lake_assets_tests.flow.a_lake import ALake

COLUMNS = ("dataset", "version", "kind", "element", "outcome", "policy", "files", "file")


@pytest.fixture
def a_lake(tmp_path):
    lake = ALake(tmp_path)
    lake.declare("bikes: {from: '*.csv', key: [id]}")
    lake.drop("a.csv", "id,price\n1,2.5\n")
    lake.ingest_whole()
    lake.drop("b.csv", "id,colour\n2,red\n")
    lake.ingest_whole()
    return lake


def rows(a_lake):
    return a_lake.frame("governance.schema_drift").sort("version", "kind").select(COLUMNS).rows()


def expected(a_lake):
    version = a_lake.find("formatted.bikes").version
    return [
        ("bikes", version, "missing", "price", "null in its rows", "evolve", 1, "b.csv"),
        ("bikes", version, "new", "colour", "the column colour is added", "evolve", 1, "b.csv"),
    ]


def test_every_drift_is_a_row(a_lake):
    assert rows(a_lake) == expected(a_lake)


def test_a_run_without_news_adds_none(a_lake):
    before = rows(a_lake)
    a_lake.ingest_whole()
    assert rows(a_lake) == before


def test_the_table_can_be_made_again_from_the_commits(a_lake):
    before = rows(a_lake)
    shutil.rmtree(a_lake.folder / "lake" / "governance" / "schema_drift")
    a_lake.ingest_whole()
    assert rows(a_lake) == before


def test_a_dataset_that_never_drifted_has_no_table(tmp_path):
    lake = ALake(tmp_path)
    lake.declare("bikes: {from: '*.csv', key: [id]}")
    lake.drop("a.csv", "id,price\n1,2.5\n")
    lake.ingest_whole()
    assert lake.find("governance.schema_drift") is None
