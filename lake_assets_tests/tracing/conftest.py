"""A small lake with a wrong number in it: hires, stations, members, orders with lines, and what is made of them."""

import shutil

import pytest

from lake_assets.connectors import open_connector
from lake_assets_tests.flow.a_lake import ALake

DATASETS = """\
hires:
  from: "hires-*.csv"
  key: [hire_id]
  write: upsert
  columns:
    hire_id: int
    price: {type: float, unit: euro, description: what was paid}
    station: {type: text, from: stop}
    note: text
  clean:
    - trim: [station]
    - case: {station: upper}
  rules:
    - {in_range: {price: [0, 500]}, owner: "team:bikes", reason: nobody is paid to ride}
    - {length: {note: [0, 5]}, id: note_is_short, severity: warn}
stations:
  from: "stations-*.csv"
  write: replace
  key: [station]
members:
  from: "members-*.csv"
  key: [member]
  write: scd2
  columns:
    member: int
    plan: text
    email: {type: text, personal: true}
orders:
  from: "orders-*.json"
  format: json
  key: [order]
  columns: {order: int}
  children: {order_lines: {of: lines, rules: [{in_range: {n: [1, 10]}}]}}
"""

TABLES = {
    "takings": (
        "/*\nkey: [town]\n*/\nSELECT s.town, COUNT(*) AS hires, SUM(h.price) AS takings FROM trusted.hires AS h\n"
        "LEFT JOIN trusted.stations AS s ON h.station = s.station WHERE h.price > 0 GROUP BY s.town\n"
    ),
    "facts": (
        "/*\nkey: [hire]\n*/\nSELECT h.hire_id AS hire, h.price, s.town, h._file, h._row FROM trusted.hires AS h\n"
        "LEFT JOIN trusted.stations AS s ON h.station = s.station\n"
    ),
    "shares": (
        "/*\nkey: [town]\n*/\nSELECT town, takings / (SELECT SUM(takings) FROM exploitation.takings) AS share\n"
        "FROM exploitation.takings\n"
    ),
    "whole": "SELECT SUM(price) AS takings FROM trusted.hires\n",
    "by_plan": "/*\nkey: [plan]\n*/\nSELECT plan, COUNT(*) AS members FROM trusted.members GROUP BY plan\n",
}

FUNCTION = '''\
"""Hires of each station."""

import polars as pl

from lake_assets.declarations import exploitation_table


@exploitation_table(key=["station"], inputs={"hires": "trusted.hires", "stations": "trusted.stations"})
def by_station(hires: pl.LazyFrame, stations: pl.LazyFrame) -> pl.LazyFrame:
    """Count the hires of each station."""
    return hires.join(stations, on="station", how="left").group_by("station", "town").agg(hires=pl.len())
'''

FILES = {
    "hires-1.csv": "hire_id,price,stop,note\n1,2.5, a1 ,\n2,400,a1,too long a note\n3,-1,B2,\n4,9.5,B2,\n5,x,B2,\n",
    "stations-1.csv": "station,town\nA1,Rome\nB2,Oslo\n",
    "members-1.csv": "member,plan,email\n1,day,ada@x.org\n2,day,eve@x.org\n",
    "orders-1.json": (
        '{"order": 1, "lines": [{"sku": "p", "n": 1}, {"sku": "q", "n": 99}]}\n{"order": 2, "lines": []}\n'
    ),
}
LATER = {
    "hires-2.csv": "hire_id,price,stop,note\n4,8.5,B2,\n6,1.5,A1\n",
    "members-2.csv": "member,plan,email\n1,year,ada@x.org\n",
}


def edit(lake, old, new):
    """Change what is declared of the datasets."""
    path = lake.folder / "defs/inbox/defs.yaml"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


def take_in(lake, name):
    """Take what is new of one dataset into the trusted zone; what is made of it stays as it is."""
    opened = lake.lake
    steps, dataset = opened.steps(), opened.declarations.dataset(name)
    connector = open_connector(opened.declarations.source("inbox"))
    steps.fetch(dataset, connector)
    steps.land(dataset, connector)
    steps.format(dataset)
    steps.trust(dataset)


@pytest.fixture(scope="session")
def story_once(tmp_path_factory):
    lake = ALake(tmp_path_factory.mktemp("story"))
    lake.declare(DATASETS)
    for name, sql in TABLES.items():
        lake.declare_table(name, sql)
    lake.write("defs/exploitation/by_station.py", FUNCTION)
    for files in (FILES, LATER):
        for name, text in files.items():
            lake.drop(name, text)
        lake.ingest_whole()
    return lake


@pytest.fixture
def story(story_once):
    """The lake, to be read only."""
    return story_once


@pytest.fixture
def own_story(story_once, tmp_path):
    """A copy of it, to be changed."""
    shutil.copytree(story_once.folder, tmp_path, dirs_exist_ok=True)
    lake = ALake(tmp_path, _clock_s=story_once._clock_s)
    lake.declare(DATASETS)
    return lake
