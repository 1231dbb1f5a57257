"""A lake whose prices were corrected once."""

import shutil
from dataclasses import replace

import pytest

from lake_assets_tests.flow.a_lake import ALake

HIRES = """\
hires:
  from: "*.csv"
  key: [hire_id]
  write: upsert
  columns:
    hire_id: int
    price: float
    city: text
    rider: {type: text, personal: true}
  rules:
    - in_range: {price: [0, 500]}
"""
FIRST = "hire_id,price,city,rider\n1,2.5,Rome,Ada\n2,400,Rome,Grace\n3,-1,Oslo,Eve\n4,9.5,Oslo,Zoe\n"
CORRECTED = "hire_id,price,city,rider\n2,4.0,Rome,Grace\n4,9.5,Oslo,Zoe\n"


@pytest.fixture
def a_lake(tmp_path):
    return ALake(tmp_path)


@pytest.fixture(scope="session")
def corrected_once(tmp_path_factory):
    lake = ALake(tmp_path_factory.mktemp("corrected"))
    lake.declare(HIRES)
    lake.declare_table("takings", "SELECT city, SUM(price) AS takings FROM trusted.hires GROUP BY city\n")
    for name, text in (("first.csv", FIRST), ("second.csv", CORRECTED)):
        lake.drop(name, text)
        lake.ingest_whole()
    return lake


@pytest.fixture
def corrected(a_lake, corrected_once):
    """A copy of it for each test."""
    shutil.copytree(corrected_once.folder, a_lake.folder, dirs_exist_ok=True)
    a_lake.declare(HIRES)
    return replace(a_lake, _clock_s=corrected_once._clock_s)
