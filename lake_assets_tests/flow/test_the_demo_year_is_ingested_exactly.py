"""A year of real flights, some months dropped twice, renamed or corrected: every row right, and once."""

import os
import random
import shutil

import polars as pl
import pytest

from lake_assets.demo import prepare
from lake_assets.lake import Lake
from lake_assets_tests.flow.a_lake import ALake

pytestmark = [pytest.mark.heavy, pytest.mark.timeout(600)]

KEY = ["time_hour", "carrier", "flight"]
NUMBERS = ["year", "month", "day", "dep_time", "dep_delay", "arr_delay", "flight", "air_time", "distance"]
RULES = """\
      rules:
        - {not_null: [carrier, flight, origin, dest, sched_dep_time], severity: block}
        - in_set: {origin: [EWR, JFK, LGA]}
        - in_range: {month: [1, 12]}
        - in_range: {distance: [50, 6000]}
        - in_range: {air_time: [10, 900]}
"""


@pytest.fixture(scope="module")
def months(tmp_path_factory):
    """The twelve files as the demo lays them out."""
    files = prepare(tmp_path_factory.mktemp("demo"))
    return {
        path.name: path.read_bytes() for folder in (files.inbox, files.later) for path in folder.iterdir()
    }


@pytest.fixture(scope="module")
def drops(months):
    """Names and contents in the order in which they are dropped."""
    chance, named = random.Random(2013), list(months.items())
    again = chance.sample(named, 2)
    renamed = [(f"copy-of-{name}", content) for name, content in chance.sample(named, 2)]
    order = [*named, *again, *renamed]
    chance.shuffle(order)
    name, content = named[4]
    return [*order, (name, _corrected(content))]


def _corrected(content):
    """Three departures with another delay."""
    lines = content.decode().split("\n")
    place = lines[0].split(",").index("dep_delay")
    for number in (1, 100, 1000):
        cells = lines[number].split(",")
        cells[place] = "999"
        lines[number] = ",".join(cells)
    return "\n".join(lines).encode()


@pytest.fixture(scope="module")
def year(drops, tmp_path_factory):
    """A lake that took all of it in three runs."""
    a_lake = ALake(tmp_path_factory.mktemp("lake"))
    _declare(a_lake)
    for number, (name, content) in enumerate(drops, start=1):
        a_lake.drop(f"inbox/flights/{name}", content)
        if number % 6 == 0:
            a_lake.ingest_whole()
    a_lake.ingest_whole()
    return a_lake


def _declare(a_lake):
    """The demo's own declaration of the flights, without the tables of other sources."""
    text = (Lake.open().settings.defs[0] / "flights/defs.yaml").read_text()
    alone = text[: text.index("      rules:")]
    a_lake.write(
        "defs/flights/defs.yaml", alone.replace("${LAKE_DEMO_HOME:-demo}", str(a_lake.inbox)) + RULES
    )


def _plain(content):
    """A file as Polars reads it, all text."""
    frame = pl.read_csv(content, infer_schema=False, null_values=["NA"])
    return frame.with_row_index("_row", offset=1).with_columns(pl.col("_row").cast(pl.Int64))


@pytest.fixture(scope="module")
def expected(months, drops):
    """What must be in trusted: the last version of each departure that keeps the rules."""
    by_name = {**months, drops[-1][0]: drops[-1][1]}
    frames = [_plain(content).with_columns(name=pl.lit(name)) for name, content in by_name.items()]
    rows = pl.concat(frames).with_columns(pl.col(NUMBERS).cast(pl.Int64))
    kept = rows.filter(pl.col("air_time").is_between(10, 900).fill_null(value=True), pl.col("distance") >= 50)
    return kept.sort("name", "_row")


def test_trusted_has_exactly_the_right_rows(year, expected):
    name = pl.col("name").str.strip_prefix("copy-of-")
    files = year.frame("governance.processed_files").select(pl.col("file_id").alias("_file"), name)
    found = year.frame("trusted.flights").join(files, on="_file").sort("name", "_row")
    assert found.height == expected.height
    written = found.with_columns(pl.col("time_hour").dt.strftime("%Y-%m-%dT%H:%M:%SZ"))
    columns = ["name", "_row", *KEY, *(name for name in NUMBERS if name != "flight")]
    assert written.select(columns).equals(expected.select(columns))


def test_every_row_points_to_its_record_in_the_landed_bytes(year):
    held = year.landed_bytes()
    paths = dict(year.rows("governance.processed_files", "file_id", "path"))
    trusted = year.frame("trusted.flights").with_columns(
        pl.col("time_hour").dt.strftime("%Y-%m-%dT%H:%M:%SZ"), pl.col("flight").cast(pl.String)
    )
    for (file_id,), rows in trusted.group_by("_file"):
        records = _plain(held[paths[file_id]]).select(
            "_row", *(pl.col(name).alias(f"raw_{name}") for name in KEY)
        )
        joined = rows.join(records, on="_row", how="left")
        assert joined.height == rows.height
        assert all(joined[name].equals(joined[f"raw_{name}"].alias(name)) for name in KEY)


def test_nothing_is_lost_on_the_way(year, drops):
    received = sum(_plain(content).height for content in {content for _, content in drops})
    assert year.count("formatted.flights") == received
    superseded = received - year.count("trusted.flights") - year.count("quarantine.flights")
    runs = year.frame("governance.runs").filter(zone="trusted")
    assert superseded == runs["rows_merged"].sum()


def test_landing_holds_every_byte_ever_received(year, drops):
    assert sorted(year.landed_bytes().values()) == sorted({content for _, content in drops})


def test_a_second_run_writes_nothing(year):
    versions, paths = year.versions(), year.paths()
    assert not year.ingest_whole().is_changed
    assert (year.versions(), year.paths()) == (versions, paths)


def test_the_inbox_touched_writes_no_row_of_a_flight(year):
    before = year.versions()
    for path in sorted((year.inbox / "inbox/flights").iterdir()):
        os.utime(path)
    year.ingest_whole()
    changed = {table for table, version in year.versions().items() if before[table] != version}
    assert changed == {"governance.processed_files", "governance.operations"}
    shutil.rmtree(year.folder)
