"""`lake history` and `lake diff` tell of versions, to people and as JSON; `lake show --version` goes back."""

import pytest


@pytest.fixture
def grown(filled_lake):
    filled_lake.write("inbox/hires-2.csv", "hire_id,price,rider\n4,7.5,Zoe\n")
    filled_lake.run("ingest")
    return filled_lake


def test_history_tells_the_newest_first(grown):
    told = grown.json("history", "trusted.bike_hires")
    assert [(each["version"], each["rows"], each["kind"]) for each in told] == [
        (1, 3, "taken in"),
        (0, 2, "taken in"),
    ]
    assert told[1]["verdicts"][0]["rule_id"] == "price_in_range"
    assert grown.json("history", "trusted.bike_hires", "--limit", "1") == told[:1]


def test_people_read_the_rules_in_force(grown):
    text = grown.run("history", "trusted.bike_hires").stdout
    assert "columns added: hire_id, price, rider" in text
    assert ": 1 of 3 broke it" in text


def test_diff_tells_what_came(grown):
    told = grown.json("diff", "trusted.bike_hires", "0")
    assert (told["added"], told["removed"], told["changed"]) == (1, 0, 0)
    assert told["added_rows"][0]["rider"] == "(personal)"
    text = grown.run("diff", "trusted.bike_hires", "0", "1").stdout
    assert text.startswith("trusted.bike_hires, version 0 to 1: 2 to 3 rows, 1 added, 0 removed, 0 changed\n")
    assert "Zoe" not in text


def test_show_goes_back_to_a_version(grown):
    assert grown.json("show", "trusted.bike_hires", "--version", "0")["rows"] == 2
    assert grown.json("show", "trusted.bike_hires")["rows"] == 3


def test_a_version_that_never_was_is_told_in_three_lines(grown):
    done = grown.run("show", "trusted.bike_hires", "--version", "9")
    assert (done.exit_code, done.stderr.splitlines()[0]) == (1, "trusted.bike_hires has no version 9")
