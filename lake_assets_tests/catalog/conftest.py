"""A lake with commits of every kind, its governance recorded."""

import shutil

import pytest

from lake_assets_tests.flow.a_lake import ALake

BIKES = """\
bikes:
  from: '*.csv'
  key: [id]
  columns: {id: int, rider: {type: text, personal: true}, price: {type: float, unit: euro}}
  rules: [{in_range: {id: [0, 9]}}]
"""
TABLE = """\
/*
description: what was paid
key: [id]
consumers: [team:sales]
columns: {id: number of the hire, price: {description: what was paid, unit: euro}}
*/
SELECT id, price FROM trusted.bikes
"""


@pytest.fixture
def a_lake(tmp_path):
    return ALake(tmp_path)


@pytest.fixture(scope="session")
def recorded_once(tmp_path_factory):
    """Three files in two runs: one brings a new column, each a row that is set aside, one comes twice."""
    lake = ALake(tmp_path_factory.mktemp("recorded"))
    lake.declare(BIKES)
    lake.declare_table("paid", TABLE)
    lake.drop("0.csv", "id,rider,price\n0,ann,2.5\n77,bob,1\n")
    lake.ingest_whole()
    lake.lake.record()
    lake.drop("1.csv", "id,rider,price,colour\n1,ann,2.5,red\n77,bob,1,red\n")
    lake.drop("again.csv", "id,rider,price\n0,ann,2.5\n77,bob,1\n")
    lake.ingest_whole()
    lake.lake.record()
    return lake


@pytest.fixture
def recorded(recorded_once, tmp_path):
    """A copy of its own; the inbox is that of the original."""
    shutil.copytree(recorded_once.folder, tmp_path, dirs_exist_ok=True)
    return ALake(tmp_path)
