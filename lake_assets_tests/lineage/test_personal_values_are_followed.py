"""A column whose values are made of personal ones is personal too, whatever it is called and however far away it is."""

import pytest

from lake_assets.lineage import HiddenColumns
from lake_assets.model import TableRef
from lake_assets_tests.flow.a_lake import ALake

DATASETS = """\
riders:
  from: "riders*.csv"
  columns:
    id: int
    email: {type: text, personal: true}
    born: {type: date, personal: true}
    phone: {type: int, personal: true}
    city: text
towns:
  from: "towns*.csv"
  columns: {city: text, size: int}
"""
TABLES = {
    "contacts": "SELECT id, email AS contact, UPPER(email) AS shouted, phone + 1 AS next_phone, city, "
    "email IS NULL AS is_silent FROM trusted.riders",
    "by_city": "SELECT city, COUNT(*) AS riders, COUNT(DISTINCT email) AS people, MIN(email) AS first, "
    "MAX(born) AS youngest, MAX(phone) AS greatest FROM trusted.riders GROUP BY city",
    "far_away": "SELECT CONCAT('to ', contact) AS letter, city FROM exploitation.contacts",
    "cased": "SELECT id, CASE WHEN born IS NULL THEN 'unknown' ELSE city END AS home FROM trusted.riders",
    "sizes": "SELECT city, size AS email FROM trusted.towns",
}
FUNCTION = '''\
import polars as pl

from lake_assets.declarations import exploitation_table


@exploitation_table(inputs={"riders": "trusted.riders"})
def opaque(riders: pl.LazyFrame) -> pl.LazyFrame:
    """What cannot be looked into."""
    made = pl.col("email").map_elements(str.upper, return_dtype=pl.String)
    return riders.select("id", made.alias("called"), length=pl.col("city").str.len_chars())
'''
PERSONAL = {
    "contacts": {"contact", "shouted", "next_phone"},
    "by_city": {"first", "youngest", "greatest"},
    "far_away": {"letter"},
    "cased": set(),
    "sizes": set(),
    "opaque": {"called"},
}


@pytest.fixture(scope="module")
def riders(tmp_path_factory):
    a_lake = ALake(tmp_path_factory.mktemp("riders"))
    a_lake.declare(DATASETS)
    for name, sql in TABLES.items():
        a_lake.declare_table(name, f"{sql}\n")
    a_lake.write("defs/exploitation/opaque.py", FUNCTION)
    return a_lake


def _shown_and_hidden(a_lake, name):
    """The columns of a table by whether they are hidden, without those that bear the name of a personal one."""
    lake, ref = a_lake.lake, TableRef.parse(f"exploitation.{name}")
    hidden = HiddenColumns(lake.root, lake.declarations).of(ref)
    columns = set(lake.lineage.columns(ref)) - {"email", "born", "phone"}
    return columns - hidden, columns & hidden


@pytest.mark.parametrize("name", PERSONAL)
def test_what_is_made_of_personal_values_is_personal_before_anything_ran(riders, name):
    shown, hidden = _shown_and_hidden(riders, name)
    assert hidden == PERSONAL[name]
    assert shown or name == "sizes"


def test_and_once_the_tables_are_there(riders, tmp_path):
    a_lake = riders.copied_to(tmp_path / "copy")
    a_lake.drop("riders-1.csv", "id,email,born,phone,city\n1,ada@x.org,1815-12-10,17,London\n")
    a_lake.drop("towns-1.csv", "city,size\nLondon,9\n")
    a_lake.ingest_whole()
    assert {name: _shown_and_hidden(a_lake, name)[1] for name in PERSONAL} == PERSONAL


def test_a_table_that_was_made_by_other_code_hides_what_either_made(riders, tmp_path):
    a_lake = riders.copied_to(tmp_path / "copy")
    a_lake.drop("riders-1.csv", "id,email,born,phone,city\n1,ada@x.org,1815-12-10,17,London\n")
    a_lake.drop("towns-1.csv", "city,size\nLondon,9\n")
    a_lake.ingest_whole()
    a_lake.declare_table("contacts", "SELECT id, city AS contact, email AS shouted FROM trusted.riders\n")
    assert _shown_and_hidden(a_lake, "contacts")[1] == {"contact", "shouted", "next_phone"}


def test_other_lakes_have_none(tmp_path):
    a_lake = ALake(tmp_path)
    a_lake.declare("towns: {from: '*.csv', columns: {city: text}}")
    a_lake.declare_table("cities", "SELECT city FROM trusted.towns\n")
    assert _shown_and_hidden(a_lake, "cities") == ({"city"}, set())
