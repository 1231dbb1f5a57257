"""`lake vocabulary` lists what is no word of its vocabulary, `lake decide` records what it stands for."""

import json

import pytest
from click.testing import CliRunner

from lake_assets.cli.commands import main
from lake_assets_tests.flow.a_lake import ALake

BIKES = "bikes: {from: '*.csv', columns: {city: text}, clean: [{vocabulary: {city: [Rome, Oslo]}}]}"


@pytest.fixture
def a_lake(tmp_path):
    lake = ALake(tmp_path)
    lake.declare(BIKES)
    lake.drop("a.csv", "id,city\n1,Rom\n2,Rom\n3,Osloo\n")
    lake.ingest_whole()
    return lake


def _run(a_lake, *arguments):
    options = ["--root", str(a_lake.folder / "lake"), "--defs", str(a_lake.folder / "defs")]
    return CliRunner().invoke(main, [*arguments, *options], catch_exceptions=False)


def test_values_are_listed_with_their_proposals(a_lake):
    told = _run(a_lake, "vocabulary", "bikes").stdout
    assert [line.split()[:3] for line in told.splitlines()[1:]] == [
        ["city", "Rom", "Rome"],
        ["city", "Osloo", "Oslo"],
    ]
    found = json.loads(_run(a_lake, "vocabulary", "bikes", "city", "--json").stdout)
    assert found[0] == {"column": "city", "value": "Rom", "proposal": "Rome", "score": 85.7, "count": 2}


def test_a_decision_is_recorded_and_told(a_lake):
    words = ("decide", "bikes", "city", "Rom", "--as", "Rome", "--why", "German", "--who", "ann")
    assert "decision 1: 'Rom' in bikes.city stands for 'Rome'" in _run(a_lake, *words).stdout
    made = json.loads(_run(a_lake, *words[:4], "--as", "Oslo", "--why", "no", "--json").stdout)
    assert (made["decision_id"], made["supersedes"], made["decided"]) == (2, 1, "Oslo")
    assert made["who"]
    again = _run(a_lake, *words)
    assert "decision 3" in again.stdout
    assert "in place of decision 2" in again.stdout


def test_when_all_is_decided_that_is_told(a_lake):
    for value, word in (("Rom", "Rome"), ("Osloo", "Oslo")):
        _run(a_lake, "decide", "bikes", "city", value, "--as", word, "--why", "obvious", "--who", "ann")
    assert "every value of bikes is a word of its vocabulary" in _run(a_lake, "vocabulary", "bikes").stdout


def test_a_word_that_is_none_is_refused(a_lake):
    done = _run(a_lake, "decide", "bikes", "city", "Rom", "--as", "Roma", "--why", "x", "--who", "ann")
    assert done.exit_code == 1
    assert "did you mean Rome" in done.stderr
