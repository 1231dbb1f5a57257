"""What joins with a table is told by the rules that refer to it, and found by the values that its columns hold."""

import pytest

from lake_assets.errors import UnknownTableError
from lake_assets.lake import profile_tables, profiled_tables

DATASETS = """\
hires:
  from: 'hires*.csv'
  key: [hire_id]
  columns: {hire_id: int, station: text, bike: int, month: int, rider: {type: text, personal: true}}
  rules: [{references: {column: station, table: trusted.stations, to: code}, severity: warn}]
stations:
  from: 'stations*.csv'
  key: [code]
  columns: {code: text, district: text}
bikes:
  from: 'bikes*.csv'
  key: [bike_id]
  columns: {bike_id: int, wheel: text}
people:
  from: 'people*.csv'
  key: [name]
  columns: {name: {type: text, personal: true}, seen: int}
"""
STATIONS = [f"S{number}" for number in range(8)]


@pytest.fixture
def lake(a_lake):
    a_lake.declare(DATASETS)
    hires = [
        f"{number},{'S9' if number == 7 else STATIONS[number % 8]},{100 + number % 9},{1 + number % 12},P{number}"
        for number in range(40)
    ]
    a_lake.drop("hires.csv", "\n".join(["hire_id,station,bike,month,rider", *hires]) + "\n")
    a_lake.drop("stations.csv", "code,district\n" + "".join(f"{each},north\n" for each in STATIONS))
    a_lake.drop(
        "bikes.csv", "bike_id,wheel\n" + "".join(f"{number},W{number}\n" for number in range(100, 120))
    )
    a_lake.drop("people.csv", "name,seen\n" + "".join(f"P{number},{number}\n" for number in range(40)))
    a_lake.declare_table(
        "at_stations", "SELECT station, COUNT(*) AS hires FROM trusted.hires GROUP BY station"
    )
    a_lake.ingest_whole()
    lake = a_lake.lake
    profile_tables(lake, profiled_tables(lake), "a run")
    return lake


def told(joins):
    return {(str(each.table), *each.columns, str(each.to), *each.to_columns): each for each in joins}


def test_what_a_rule_says_is_told_with_the_share_that_is_there(lake):
    first = lake.joins("trusted.hires")[0]
    assert (first.columns, str(first.to), first.to_columns) == (("station",), "trusted.stations", ("code",))
    assert (first.known_by, first.rule_id) == ("rule", "station_references")
    assert first.matched == pytest.approx(8 / 9)


def test_it_is_told_from_either_side(lake):
    place = ("trusted.hires", "station", "trusted.stations", "code")
    assert place in told(lake.joins("trusted.hires"))
    assert place in told(lake.joins("trusted.stations"))
    assert place in told(lake.joins("trusted.stations", "code"))
    assert lake.joins("trusted.stations", "district") == []


def test_keys_that_no_rule_names_are_found_by_their_values(lake):
    found = told(lake.joins("trusted.hires"))[
        ("trusted.hires", "station", "exploitation.at_stations", "station")
    ]
    assert (found.known_by, found.matched) == ("values", 1.0)
    assert ("exploitation.at_stations", "station", "trusted.stations", "code") in told(
        lake.joins("exploitation.at_stations")
    )


def test_numbers_are_held_against_each_other_only_under_much_the_same_name(lake):
    pairs = {(each.columns, each.to_columns) for each in lake.joins("trusted.hires")}
    assert (("month",), ("hire_id",)) not in pairs
    assert (("seen",), ("hire_id",)) not in pairs


def test_personal_columns_are_left_out(lake):
    columns = {name for each in lake.joins("trusted.people") for name in (*each.columns, *each.to_columns)}
    assert not columns & {"name", "rider"}


def test_a_table_that_a_rule_names_and_that_is_not_there_yet_has_no_share(a_lake):
    a_lake.declare(DATASETS)
    a_lake.drop("stations.csv", "code,district\nS1,north\n")
    a_lake.ingest()
    (only,) = a_lake.lake.joins("trusted.stations")
    assert only.matched is None


def test_a_name_that_is_nothings_is_refused_with_the_nearest(lake):
    with pytest.raises(UnknownTableError, match=r"(?s)trusted.hire\b.*trusted.hires"):
        lake.joins("trusted.hire")
    with pytest.raises(UnknownTableError, match=r"(?s)no column 'stasion'.*station"):
        lake.joins("trusted.hires", "stasion")
