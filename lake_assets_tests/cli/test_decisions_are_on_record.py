"""Drifts, rules and replays: what was decided is on record with who, what and why, and can be asked for."""

import json

import pytest
from click.testing import CliRunner

from lake_assets.cli.commands import main
from lake_assets_tests.flow.a_lake import ALake

BIKES = "bikes: {from: '*.csv', key: [id], rules: [{in_range: {price: [0, 5]}}]}"


@pytest.fixture(scope="module")
def a_lake(tmp_path_factory):
    """A lake of which an element drifted, and a rule was mended and replayed."""
    lake = ALake(tmp_path_factory.mktemp("decided"))
    lake.declare(BIKES)
    lake.drop("a.csv", "id,price\n1,2\n2,9\n")
    lake.ingest_whole()
    lake.drop("b.csv", "id,price,colour\n3,2,red\n")
    lake.ingest_whole()
    lake.declare(BIKES.replace("[0, 5]", "[0, 50]"))
    assert _run(lake, "replay", "bikes", "--why", "dear bikes", "--who", "ann").exit_code == 0
    return lake


def _run(a_lake, *arguments):
    options = ["--root", str(a_lake.folder / "lake"), "--defs", str(a_lake.folder / "defs")]
    return CliRunner().invoke(main, [*arguments, *options], catch_exceptions=False)


def _decisions(a_lake, *filters):
    return json.loads(_run(a_lake, "decisions", "--json", *filters).stdout)


def test_a_replay_is_a_decision(a_lake):
    (made,) = _decisions(a_lake, "--about", "replay")
    assert (made["dataset"], made["why"], made["who"], made["is_in_force"]) == (
        "bikes",
        "dear bikes",
        "ann",
        True,
    )
    assert made["value"] in {run_id for (run_id,) in a_lake.rows("governance.runs", "run_id")}


def test_a_replay_that_changes_nothing_is_none(a_lake):
    before = len(_decisions(a_lake, "--about", "replay"))
    _run(a_lake, "replay", "bikes", "--why", "again", "--who", "ann")
    assert len(_decisions(a_lake, "--about", "replay")) == before


def test_a_drift_is_accepted(a_lake):
    done = _run(
        a_lake, "decide", "bikes", "colour", "--about", "drift", "--why", "they said so", "--who", "bob"
    )
    assert "the new element colour of bikes: accepted" in done.stdout
    (made,) = _decisions(a_lake, "--who", "bob", "--about", "drift")
    assert (made["kind"], made["column"], made["value"]) == ("drift", "colour", "new")


def test_a_later_decision_takes_the_place_of_an_earlier(a_lake):
    for decided in ("mended", "to stay"):
        words = ("decide", "bikes", "price_in_range", "--about", "rule", "--as", decided, "--why", "x")
        assert _run(a_lake, *words, "--who", "eve").exit_code == 0
    assert [each["decided"] for each in _decisions(a_lake, "--who", "eve")] == ["to stay"]
    both = _decisions(a_lake, "--who", "eve", "--all")
    assert [each["is_in_force"] for each in both] == [True, False]
    assert both[0]["supersedes"] == both[1]["decision_id"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("colou", "--about", "drift"), "did you mean colour"),
        (("price_range", "--about", "rule"), "did you mean price_in_range"),
    ],
)
def test_what_is_not_there_cannot_be_decided(a_lake, words, said):
    refused = _run(a_lake, "decide", "bikes", *words, "--why", "x")
    assert refused.exit_code == 1
    assert said in refused.stderr


def test_a_value_belongs_to_a_vocabulary_alone(a_lake):
    assert _run(a_lake, "decide", "bikes", "colour", "new", "--about", "drift", "--why", "x").exit_code == 2
    assert _run(a_lake, "decide", "bikes", "colour", "--why", "x").exit_code == 2


def test_nobody_named_is_who_is_logged_in(a_lake):
    _run(a_lake, "decide", "bikes", "colour", "--about", "drift", "--as", "looked at", "--why", "x")
    assert _decisions(a_lake, "--about", "drift")[0]["who"]


def test_of_an_empty_lake_nothing_is_listed(tmp_path):
    lake = ALake(tmp_path)
    lake.declare(BIKES)
    assert _decisions(lake) == []
    assert "nothing was decided" in _run(lake, "decisions").stdout
