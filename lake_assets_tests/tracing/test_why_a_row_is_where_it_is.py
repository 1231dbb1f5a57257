"""`Lake.why_rows` tells which rows stand, which rule set others aside and who changed it, and which gave way."""

import subprocess

import pytest

from lake_assets.tracing import Fate
from lake_assets_tests.tracing.conftest import edit, take_in


def why(lake, table, where):
    return lake.lake.why_rows(table, where)


def _git(lake, *words):
    who = ["-c", "user.name=Kim", "-c", "user.email=kim@example.org"]
    subprocess.run(["git", "-C", str(lake.folder), *who, *words], check=True, capture_output=True)


def test_a_row_that_was_set_aside_is_found_by_what_it_says(story):
    (found,) = why(story, "trusted.hires", "price < 0")
    assert found.fate is Fate.SET_ASIDE
    (rule,) = found.rules
    assert (rule.rule_id, rule.owner, rule.reason) == (
        "price_in_range",
        "team:bikes",
        "nobody is paid to ride",
    )
    assert rule.is_as_declared
    assert found.trace.record.text == "3,-1,B2,"


def test_who_changed_the_rule_is_told_by_the_history_of_its_lines(own_story):
    _git(own_story, "init")
    _git(own_story, "add", "defs")
    _git(own_story, "commit", "-m", "Nobody is paid to ride")
    edit(own_story, "price: [0, 500]", "price: [0, 300]")
    _git(own_story, "commit", "-am", "Hires cost at most 300")
    edit(own_story, "plan: text", "plan: {type: text, description: the plan}")
    _git(own_story, "commit", "-am", "Say what a plan is")
    (found,) = why(own_story, "trusted.hires", "price < 0")
    (rule,) = found.rules
    assert [each.why for each in rule.changes] == ["Hires cost at most 300", "Nobody is paid to ride"]
    assert {each.who for each in rule.changes} == {"Kim"}
    assert not rule.is_as_declared
    assert "declared otherwise now" in found.sentence
    line = int(rule.declared_at.rpartition(":")[2])
    assert "in_range" in (own_story.folder / "defs/inbox/defs.yaml").read_text().splitlines()[line - 1]


def test_a_record_gives_way_to_a_later_one_of_its_key(story):
    stands, gone = why(story, "trusted.hires", "hire_id = 4")
    assert (stands.fate, gone.fate) == (Fate.STANDS, Fate.SUPERSEDED)
    assert dict(gone.instead)["price"] == 8.5
    assert gone.trace.record.text == "4,9.5,B2,"
    assert "record 1 of hires-2.csv" in gone.sentence


def test_a_file_gives_way_to_a_newer_one_where_it_replaces_all(own_story):
    own_story.drop("stations-2.csv", "station,town\nA1,Rom\n")
    take_in(own_story, "stations")
    fates = [each.fate for each in why(own_story, "trusted.stations", "station = 'B2'")]
    assert fates == [Fate.SUPERSEDED]


def test_a_record_that_was_not_judged_yet_waits(own_story):
    own_story.drop("hires-3.csv", "hire_id,price,stop,note\n7,1.0,A1,\n")
    opened = own_story.lake
    steps, dataset = opened.steps(), opened.declarations.dataset("hires")
    from lake_assets.connectors import open_connector

    connector = open_connector(opened.declarations.source("inbox"))
    steps.fetch(dataset, connector)
    steps.land(dataset, connector)
    steps.format(dataset)
    (found,) = why(own_story, "trusted.hires", "hire_id = 7")
    assert (found.fate, found.trace.record.text) == (Fate.WAITS, "7,1.0,A1,")


def test_a_row_that_was_taken_back_stands_again(own_story):
    edit(own_story, "price: [0, 500]", "price: [-5, 500]")
    own_story.lake.replay("hires", "a refund is no mistake")
    stands, back = why(own_story, "trusted.hires", "hire_id = 3")
    assert (stands.fate, back.fate) == (Fate.STANDS, Fate.STANDS)
    assert "taken back: a refund is no mistake" in back.sentence


def test_a_record_that_does_not_parse_is_explained(story):
    (found,) = why(story, "quarantine.hires", "stage = 'formatted'")
    assert (found.fate, found.rules[0].rule_id) == (Fate.SET_ASIDE, "parses")
    assert "too few fields: expected 4, found 3" in found.sentence


def test_an_element_that_was_set_aside_is_found_by_what_it_says(story):
    (found,) = why(story, "trusted.order_lines", "n = 99")
    assert (found.fate, found.rules[0].rule_id) == (Fate.SET_ASIDE, "n_in_range")


def test_a_row_of_a_kpi_stands_on_the_rows_it_is_made_of(story):
    (found,) = why(story, "exploitation.takings", "town = 'Rome'")
    assert found.fate is Fate.STANDS
    assert "2 rows of trusted.hires" in found.sentence


@pytest.mark.parametrize("table", ["trusted.members", "formatted.members"])
def test_no_personal_value_is_told(story, table):
    told = why(story, table, "email = 'ada@x.org'")
    assert told
    assert "@x.org" not in repr(told)
