"""`lake add` writes what `lake infer` prints, overwrites nothing, and says what to do next."""

import json
import shlex

import pytest
from click.testing import CliRunner

from lake_assets.cli import main

_STATIONS = "station_id,city\n" + "".join(f"{number},Leeds\n" for number in range(20))


@pytest.fixture
def with_stations(small_lake):
    small_lake.write("inbox2/stations.csv", _STATIONS)
    return small_lake


def test_it_writes_what_infer_prints(with_stations):
    printed = with_stations.run("infer", "inbox2/stations.csv").stdout
    with_stations.run("add", "inbox2/stations.csv")
    assert (with_stations.folder / "defs/stations/defs.yaml").read_text() == printed


def test_the_next_command_takes_the_data_in(with_stations):
    told = with_stations.run("add", "inbox2/stations.csv").stdout
    assert told.splitlines()[0] == "defs/stations/defs.yaml: stations (csv, 2 columns)"
    command = shlex.split(told.splitlines()[-1])
    assert command[:3] == ["lake", "ingest", "stations"]
    done = CliRunner().invoke(main, command[1:], catch_exceptions=False)
    assert done.exit_code == 0
    counted = with_stations.run("query", "SELECT count(*) AS n FROM trusted.stations", "--json").stdout
    assert json.loads(counted) == {"n": 20}


def test_a_file_that_is_there_is_not_overwritten(with_stations):
    with_stations.run("add", "inbox2/stations.csv")
    with_stations.write("defs/stations/defs.yaml", "# changed by hand\n")
    refused = with_stations.run("add", "inbox2/stations.csv")
    assert refused.exit_code == 1
    assert "declared already" in refused.stderr
    assert "--name" in refused.stderr
    assert (with_stations.folder / "defs/stations/defs.yaml").read_text() == "# changed by hand\n"


@pytest.mark.parametrize("name", ["bike_hires", "bikes"])
def test_a_name_that_is_taken_is_refused(name, with_stations):
    with_stations.write(f"more/{name}.csv", _STATIONS)
    (with_stations.folder / "defs/bikes").rename(with_stations.folder / "defs/moved")
    source = (with_stations.folder / "defs/moved/defs.yaml").read_text()
    with_stations.write(
        "defs/moved/defs.yaml", source.replace("attributes:\n", "attributes:\n  name: bikes\n", 1)
    )
    refused = with_stations.run("add", f"more/{name}.csv")
    assert refused.exit_code == 1
    assert f"the lake has {name} already" in refused.stderr
    assert "moved/defs.yaml" in refused.stderr
    assert not (with_stations.folder / f"defs/{name}").exists()


def test_without_defs_it_writes_into_the_working_directory(with_stations, monkeypatch):
    folder = with_stations.folder / "elsewhere"
    folder.mkdir()
    monkeypatch.chdir(folder)
    done = CliRunner().invoke(main, ["add", "../inbox2/stations.csv", "--json"], catch_exceptions=False)
    document = json.loads(done.stdout)
    assert document["path"] == str(folder / "defs/stations/defs.yaml")
    assert document["next"] == "lake ingest stations --defs defs"
    assert (folder / "defs/stations/defs.yaml").read_text() == document["yaml"]


def test_a_folder_that_cannot_be_written_is_told(with_stations):
    with_stations.write("flat", "")
    words = ["add", "inbox2/stations.csv", "--defs", str(with_stations.folder / "flat")]
    refused = CliRunner().invoke(main, words)
    assert refused.exit_code == 1
    assert "cannot be written" in refused.stderr
