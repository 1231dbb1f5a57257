"""Steps are taken again as they were in force when a row was judged, and what they hide stays hidden."""

import pytest

from lake_assets.tracing import Fate
from lake_assets_tests.flow.a_lake import ALake

PEOPLE = """\
people:
  from: "people-*.csv"
  write: append
  columns:
    id: int
    town: text
    name: text
    born: date
    seen: datetime
    is_member: bool
  clean:
    - vocabulary: {town: [Rome, Oslo]}
    - pseudonymise: {name: {key_env: A_KEY}}
    - deduplicate: [id]
  rules:
    - in_range: {id: [0, 99]}
"""
SECRET = "0123456789abcdef0123456789abcdef"
ROWS = "id,town,name,born,seen,is_member\n1,Romme,Ada,2001-02-03,2024-01-01T00:00:00Z,true\n"
ASIDE = "100,Oslo,Eve,2001-02-04,2024-01-02T00:00:00Z,false\n"


@pytest.fixture
def people(tmp_path, monkeypatch):
    monkeypatch.setenv("A_KEY", SECRET)
    lake = ALake(tmp_path)
    lake.declare(PEOPLE)
    lake.drop("people-1.csv", ROWS + ASIDE)
    lake.ingest_whole()
    lake.lake.decide("people", "town", "Romme", "Rome", "a slip", "kim")
    lake.drop("people-2.csv", ROWS.replace("\n1,", "\n2,"))
    lake.ingest_whole()
    return lake


def _changes(found, kind):
    steps = [step for step in found.judging.cleaning if step.kind == kind]
    return [(cell.column, cell.before, cell.after) for step in steps for cell in step.changes]


def test_a_decision_counts_from_when_it_was_made(people):
    (first,) = people.lake.trace("trusted.people", "id = 1")
    (second,) = people.lake.trace("trusted.people", "id = 2")
    assert _changes(first, "vocabulary") == []
    assert _changes(second, "vocabulary") == [("town", "Romme", "Rome")]
    assert first.judging.is_reproduced
    assert second.judging.is_reproduced


def test_what_a_step_hides_is_told_nowhere(people):
    (found,) = people.lake.trace("trusted.people", "id = 1")
    assert _changes(found, "pseudonymise") == [("name", "(personal)", "(personal)")]
    assert found.record.elements["name"] == "(personal)"
    told = repr(people.lake.trace("trusted.people", "true")) + repr(
        people.lake.why_rows("trusted.people", "true")
    )
    assert not [name for name in ("'Ada'", "Ada,", "'Eve'", "Eve,") if name in told]


def test_a_step_whose_key_is_gone_is_told_as_not_taken(people, monkeypatch):
    monkeypatch.delenv("A_KEY")
    (found,) = people.lake.trace("trusted.people", "id = 1")
    (step,) = [each for each in found.judging.cleaning if each.problem]
    assert (step.kind, found.judging.is_reproduced) == ("pseudonymise", None)
    assert "A_KEY" in step.problem


@pytest.mark.parametrize(
    "where",
    [
        "born = DATE '2001-02-04'",
        "YEAR(seen) = 2024 AND DAY(seen) = 2",
        "NOT is_member",
        "town = 'Oslo' AND id > 99 AND id < 101",
    ],
)
def test_what_was_set_aside_is_found_by_values_of_every_type(people, where):
    (found,) = people.lake.why_rows("trusted.people", where)
    assert (found.fate, [rule.rule_id for rule in found.rules]) == (Fate.SET_ASIDE, ["id_in_range"])
