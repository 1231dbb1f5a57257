"""`lake erase` tells first and changes nothing; with `--yes` it erases, proves it, and says so by its exit status."""

import json

import pytest
from click.testing import CliRunner

from lake_assets.cli import main
from lake_assets_tests.erasure.people import places_of

VALUE = "grace.hopper@example.org"


@pytest.fixture
def lake(small_lake):
    small_lake.write("inbox/hires-2.csv", f"hire_id,price,rider\n4,2.0,{VALUE}\n5,3.0,Mary\n")
    small_lake.run("ingest")
    return small_lake


def test_it_tells_and_changes_nothing(lake):
    before = lake.versions()
    done = lake.run("erase", f"rider={VALUE}")
    assert done.exit_code == 0
    assert "1 record of this person, nothing changed yet" in done.stdout
    assert "add --yes and --why TEXT to erase" in done.stdout
    assert VALUE not in done.stdout
    assert lake.versions() == before
    assert places_of(lake.folder / "lake", VALUE)


def test_with_yes_nothing_is_left(lake):
    done = lake.run(
        "erase", f"bike_hires.rider={VALUE}", "--yes", "--why", "ticket 7", "--who", "the officer"
    )
    assert done.exit_code == 0
    assert "the value stands in 0 of them" in done.stdout
    assert "erased, on record as decision 1" in done.stdout
    assert places_of(lake.folder / "lake", VALUE) == []
    assert "Mary" in lake.run("query", "SELECT rider FROM trusted.bike_hires").stdout


def test_json_says_the_same(lake):
    said = lake.json("erase", "--subject", VALUE, "--column", "rider", "--yes", "--why", "ticket 7")
    assert (said["is_done"], said["records"], said["decision_id"]) == (True, 1, 1)
    assert said["searched"]["remains"] == said["failures"] == []
    assert {"place": "trusted.bike_hires", "what": "rows deleted", "count": 1} in said["touched"]


def test_the_value_can_come_from_standard_input(lake):
    words = ["erase", *lake.options, "--subject", "-", "--json"]

    said = json.loads(CliRunner().invoke(main, words, input=f"{VALUE}\n", catch_exceptions=False).stdout)
    assert said["records"] == 1


def test_nobody_of_that_name(lake):
    done = lake.run("erase", "rider=nobody@example.org", "--yes", "--why", "ticket 7")
    assert (done.exit_code, done.stdout.splitlines()[0]) == (0, "nothing of this value is in the lake")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "name whom to erase"),
        (["rider=a", "--subject", "b"], "name whom to erase"),
        (["rider"], "write COLUMN=VALUE"),
        (["rider=a", "--column", "rider"], "write COLUMN=VALUE"),
        (["rider=a", "--yes"], "--yes needs --why"),
    ],
)
def test_it_says_how_it_is_asked(lake, words, said):
    done = lake.run("erase", *words)
    assert done.exit_code == 2
    assert said in done.stderr


def test_what_is_left_is_told_and_not_on_record(lake):
    (lake.folder / "lake" / "notes.txt").write_text(f"call {VALUE}")
    done = lake.run("erase", f"rider={VALUE}", "--yes", "--why", "ticket 7")
    assert done.exit_code == 4
    assert "  notes.txt: its bytes" in done.stdout
    assert "not finished and not on record" in done.stdout
    (lake.folder / "lake" / "notes.txt").unlink()
    again = lake.run("erase", f"rider={VALUE}", "--yes", "--why", "ticket 7")
    assert (again.exit_code, "on record as decision 1" in again.stdout) == (0, True)
