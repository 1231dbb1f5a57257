"""`lake status` tells what has come in, what waits at which step, and which rules stand broken; it changes nothing."""

import time

import pytest

from lake_assets.lake import Lake


@pytest.fixture
def steps(small_lake):
    """The steps of the flow, one by one: a function of a step's name."""
    lake = Lake.open(str(small_lake.folder / "lake"), str(small_lake.folder / "defs"))
    dataset = lake.declarations.dataset("bike_hires")

    def take(name):
        from lake_assets.connectors import open_connector

        source = lake.declarations.source("bikes")
        arguments = (dataset, open_connector(source)) if name == "fetch" else (dataset,)
        getattr(lake.steps(), name)(*arguments)

    return take


def _waiting(lake):
    (dataset,) = lake.json("status")["datasets"]
    files = dataset["files"]
    return dataset["files_fetched"], files["not_formatted"], files["not_trusted"]


def test_a_file_waits_at_each_step_in_turn(small_lake, steps):
    seen = [_waiting(small_lake)]
    for step in ("fetch", "land", "format", "trust"):
        steps(step)
        seen.append(_waiting(small_lake))
    assert seen == [(0, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1), (0, 0, 0)]


def test_what_waits_is_told_in_words(small_lake, steps):
    assert small_lake.run("status").stdout.splitlines()[-1].endswith("-")
    steps("fetch")
    assert small_lake.run("status").stdout.splitlines()[-1].endswith("1 to land")


def test_files_and_rows_are_counted(filled_lake):
    filled_lake.write("inbox/copy.csv", (filled_lake.folder / "inbox/hires-1.csv").read_text())
    filled_lake.run("ingest")
    (dataset,) = filled_lake.json("status")["datasets"]
    assert (dataset["source"], dataset["dataset"]) == ("bikes", "bike_hires")
    assert (dataset["files"]["landed"], dataset["files"]["duplicates"]) == (1, 1)
    assert (dataset["rows_formatted"], dataset["rows_trusted"], dataset["rows_quarantined"]) == (3, 2, 1)
    assert dataset["files"]["last_ingested_at"].startswith("20")


def test_a_broken_rule_stands_until_better_rows_came(filled_lake):
    (broken,) = filled_lake.json("status")["broken_rules"]
    assert (broken["table"], broken["rule_id"]) == ("trusted.bike_hires", "price_in_range")
    assert (broken["severity"], broken["broken"], broken["judged"]) == ("quarantine", 1, 3)
    said = filled_lake.run("status").stdout
    assert "1 of 3 rows break the rule 'price_in_range' (first: file hires-1.csv, row 3)" in said
    filled_lake.write("inbox/hires-2.csv", "hire_id,price,rider\n9,1.0,Edith\n")
    filled_lake.run("ingest")
    assert filled_lake.json("status")["broken_rules"] == []


def test_an_empty_lake_is_not_made_by_asking(small_lake):
    assert small_lake.run("status").exit_code == 0
    assert not (small_lake.folder / "lake").exists()


def test_asking_changes_nothing(filled_lake):
    before = filled_lake.versions()
    filled_lake.run("status")
    assert filled_lake.versions() == before


def test_what_is_stale_is_told_and_is_the_exit_status(small_lake):
    path = small_lake.folder / "defs/bikes/defs.yaml"
    path.write_text(
        path.read_text().replace("      key: [hire_id]", "      key: [hire_id]\n      fresh_within: 1s")
    )
    assert small_lake.run("status").exit_code == 4
    assert "trusted.bike_hires was never made, at most 1s wanted" in small_lake.run("status").stdout
    small_lake.run("ingest")
    time.sleep(1.1)
    done = small_lake.run("status")
    assert done.exit_code == 4
    assert "trusted.bike_hires is stale since " in done.stdout
    path.write_text(path.read_text().replace("fresh_within: 1s", "fresh_within: 1d"))
    assert small_lake.run("status").exit_code == 0
    (told,) = small_lake.json("status")["freshness"]
    assert (told["table"], told["within_s"], told["is_fresh"]) == ("trusted.bike_hires", 86400, True)
