"""A row of any zone tells the steps it came by: record, mapping, cleaning, rules, commits, quarantine."""

import pytest

from lake_assets.errors import QueryError
from lake_assets_tests.tracing.conftest import edit


def one(lake, table, where):
    (found,) = lake.lake.trace(table, where)
    return found


def test_cleaning_is_told_cell_by_cell_and_ends_in_the_row(story):
    judging = one(story, "trusted.hires", "hire_id = 1").judging
    changes = [
        (step.kind, cell.column, cell.before, cell.after)
        for step in judging.cleaning
        for cell in step.changes
    ]
    assert changes == [("trim", "station", " a1 ", "a1"), ("case", "station", "a1", "A1")]
    assert judging.is_reproduced


def test_rules_are_told_with_the_version_then_and_how_the_row_came_out(story):
    rules = {each.rule_id: each for each in one(story, "trusted.hires", "hire_id = 2").judging.rules}
    assert {name: each.outcome for name, each in rules.items()} == {
        "price_in_range": "kept",
        "note_is_short": "broken",
        "cells_decode": "kept",
        "key_not_null": "kept",
    }
    declared = story.lake.declarations.dataset("hires").rules[0]
    found = rules["price_in_range"]
    assert (found.version, found.owner, found.reason) == (
        declared.version,
        "team:bikes",
        "nobody is paid to ride",
    )


def test_a_rule_that_was_changed_since_is_told_as_such(own_story):
    edit(own_story, "price: [0, 500]", "price: [0, 9]")
    rule = one(own_story, "trusted.hires", "hire_id = 2").judging.rules[0]
    assert (rule.rule_id, rule.outcome, rule.is_as_declared, rule.sentence) == (
        "price_in_range",
        "kept",
        False,
        "",
    )


def test_a_row_that_replaced_another_is_traced_to_the_later_record(story):
    found = one(story, "trusted.hires", "hire_id = 4")
    assert (found.judging.commit.version, found.decoding.commit.version) == (1, 1)
    assert (found.record.name, found.record.row) == ("hires-2.csv", 1)
    assert found.judging.commit.inputs == {"formatted.hires": 1}


def test_the_mapping_tells_elements_and_whether_it_is_in_force(own_story):
    decoding = one(own_story, "formatted.hires", "hire_id = 1").decoding
    assert {each.column: each.element for each in decoding.mapping}["station"] == "stop"
    assert decoding.is_as_declared
    assert decoding.decision["separator"] == ","
    edit(own_story, "from: stop", "from: [stop, halt]")
    assert one(own_story, "formatted.hires", "hire_id = 1").decoding.is_as_declared is False


def test_a_quarantined_row_tells_what_it_broke_and_how_it_reads(story):
    found = one(story, "quarantine.hires", "stage = 'trusted'")
    broken = [each.rule_id for each in found.judging.rules if each.outcome == "broken"]
    assert broken == ["price_in_range"]
    assert (found.record.name, found.record.row, found.record.text) == ("hires-1.csv", 3, "3,-1,B2,")
    assert found.set_aside[0].rules == ("price_in_range",)


def test_a_record_that_does_not_parse_is_shown_as_it_stands(story):
    found = one(story, "quarantine.hires", "stage = 'formatted'")
    assert (found.judging, found.decoding, found.problems) == (None, None, ())
    assert (found.record.name, found.record.row, found.record.text) == ("hires-2.csv", 2, "6,1.5,A1")


def test_a_row_that_was_taken_back_tells_by_which_replay(own_story):
    edit(own_story, "price: [0, 500]", "price: [-5, 500]")
    own_story.lake.replay("hires", "a refund is no mistake")
    found = one(own_story, "trusted.hires", "hire_id = 3")
    assert found.judging.commit.why == "a refund is no mistake"
    assert {each.outcome for each in found.judging.rules} == {"kept"}
    assert [each.readmitted_why for each in found.set_aside] == ["a refund is no mistake"]


def test_a_row_that_was_decoded_again_tells_by_which_commit(own_story):
    edit(own_story, "from: stop}\n        note: text", "from: note}\n        note: {type: text, from: stop}")
    own_story.lake.replay("hires", "stops and notes were taken for each other")
    found = one(own_story, "trusted.hires", "hire_id = 2")
    assert found.row["station"] == "TOO LONG A NOTE"
    assert found.decoding.commit.why == "stops and notes were taken for each other"
    assert found.judging.commit.why == found.decoding.commit.why
    assert {each.column: each.element for each in found.decoding.mapping}["station"] == "note"


def test_an_element_of_a_list_leads_to_the_record_with_the_list(story):
    found = one(story, "trusted.order_lines", "sku = 'p'")
    assert (found.record.name, found.record.row) == ("orders-1.json", 1)
    assert found.judging.is_reproduced
    assert found.decoding.commit.table == "formatted.orders"


def test_an_element_that_was_set_aside_leads_there_too(story):
    found = one(story, "quarantine.order_lines", "true")
    assert [each.rule_id for each in found.judging.rules if each.outcome == "broken"] == ["n_in_range"]
    assert found.record.row == 1


def test_a_version_of_a_history_leads_to_the_record_that_opened_it(story):
    first = one(story, "trusted.members", "member = 1 AND NOT is_current")
    last = one(story, "trusted.members", "member = 1 AND is_current")
    assert [each.record.name for each in (first, last)] == ["members-1.csv", "members-2.csv"]
    assert [each.judging.commit.version for each in (first, last)] == [0, 1]


def test_personal_values_are_shown_nowhere(story):
    for table in ("trusted.members", "formatted.members", "exploitation.by_plan"):
        assert "@x.org" not in repr(story.lake.trace(table, "true"))
    found = one(story, "trusted.members", "member = 2")
    assert (found.record.elements["email"], found.record.text) == ("(personal)", "")
    assert "personal" in found.record.not_shown


def test_a_landed_file_that_is_gone_is_told(own_story):
    record = one(own_story, "trusted.hires", "hire_id = 1").record
    own_story.lake.root.files.delete([record.path])
    found = one(own_story, "trusted.hires", "hire_id = 1").record
    assert (found.name, found.elements, found.text) == ("hires-1.csv", {}, "")
    assert "gone" in found.not_shown


def test_a_dataset_that_is_not_declared_any_more_is_told(own_story):
    edit(own_story, "    members:\n", "    persons:\n")
    for name in ("takings", "facts", "shares", "whole", "by_plan"):
        (own_story.folder / f"defs/exploitation/{name}.sql").unlink()
    found = one(own_story, "trusted.members", "member = 2")
    assert "is not declared any more" in found.problems[0]


def test_a_row_of_governance_tells_that_it_has_no_record(story):
    assert (
        "commits"
        in one(story, "governance.runs", "zone = 'trusted' AND \"table\" = 'hires' AND version = 0").problems[
            0
        ]
    )


@pytest.mark.parametrize(
    ("where", "what"),
    [("nothing = 1", "trusted.hires has no column 'nothing'"), ("price = = 1", "the predicate is not valid")],
)
def test_a_predicate_that_is_wrong_is_refused(story, where, what):
    with pytest.raises(QueryError, match=what):
        story.lake.trace("trusted.hires", where)
