"""An error that arises over personal values is told by its kind: neither report, log nor operations quote a value."""

import pytest

from lake_assets.lake import operations_of
from lake_assets_tests.flow.a_lake import ALake

DATASETS = """\
riders:
  from: "riders*.csv"
  columns: {id: int, rider: {type: text, personal: true}}
towns:
  from: "towns*.csv"
  columns: {town: text}
"""
FUNCTIONS = '''\
import polars as pl

from lake_assets.declarations import exploitation_table


@exploitation_table(inputs={"riders": "trusted.riders"})
def by_value(riders: pl.LazyFrame) -> pl.LazyFrame:
    """Fails while rows are read."""
    return riders.select(number=pl.col("rider").map_elements(lambda value: [int(value)][0], return_dtype=pl.Int64))


@exploitation_table(inputs={"riders": "trusted.riders"})
def collects(riders: pl.LazyFrame) -> pl.LazyFrame:
    """Fails before there is a plan."""
    return riders.collect().select(pl.col("rider").str.to_date("%Y")).lazy()


@exploitation_table(inputs={"towns": "trusted.towns"})
def of_towns(towns: pl.LazyFrame) -> pl.LazyFrame:
    """Fails over values of nobody."""
    return towns.select(pl.col("town").str.to_date("%Y"))
'''
PERSONAL = ("of_query", "by_value", "collects")


@pytest.fixture
def failing(tmp_path):
    a_lake = ALake(tmp_path)
    a_lake.declare(DATASETS)
    a_lake.declare_table("of_query", "SELECT CAST(rider AS INTEGER) AS number FROM trusted.riders\n")
    a_lake.declare_table("misspelt", "SELECT ryder FROM trusted.riders\n")
    a_lake.write("defs/exploitation/functions.py", FUNCTIONS)
    a_lake.drop("riders-1.csv", "id,rider\n1,Zaphod\n")
    a_lake.drop("towns-1.csv", "town\nGirona\n")
    return a_lake


def test_they_tell_their_kind_and_place_alone(failing, caplog):
    errors = {each.table: each.error for each in failing.ingest().failures}
    assert set(errors) == {*PERSONAL, "misspelt", "of_towns"}
    for name in PERSONAL:
        told = str(errors[name])
        assert "Zaphod" not in told
        assert "may quote a personal value" in told
        assert f"table exploitation.{name}" in told
        assert errors[name].__cause__ is None
    assert "Zaphod" not in caplog.text
    assert 'collect().select(pl.col("rider")' in caplog.text
    assert "Zaphod" not in str(operations_of(failing.lake.root).rows())


def test_others_are_told_as_they_are(failing):
    errors = {each.table: str(each.error) for each in failing.ingest().failures}
    assert "ryder" in errors["misspelt"]
    assert "Girona" in errors["of_towns"]
