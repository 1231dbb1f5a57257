"""A value too short to mean one person anywhere, or of another type than text, is erased by its column."""

import pytest

from lake_assets.errors import DeclarationError
from lake_assets.lake import erase_subject, look_for_subject
from lake_assets_tests.erasure.people import places_of

PEOPLE = """\
people:
  from: "*.csv"
  columns:
    number: {type: int, personal: true}
    born: {type: date, personal: true}
    name: {type: text, personal: true}
    city: text
"""
ROWS = "number,born,name,city\n7,1815-12-10,Ada,Adana\n8,1906-12-09,Grace,Ada\n77,1912-06-23,Alan,Ely\n"


@pytest.fixture
def people(a_lake):
    a_lake.declare(PEOPLE)
    a_lake.drop("a.csv", ROWS)
    a_lake.ingest_whole()
    return a_lake


@pytest.mark.parametrize(
    ("column", "value"), [("people.number", "7"), ("born", "1815-12-10"), ("name", "ada")]
)
def test_the_record_goes_and_the_others_stay(people, column, value):
    done = erase_subject(people.lake, value, column, "ticket 7", "the officer")
    assert (done.records, done.decision_id, done.proof.remains) == (1, 1, ())
    for zone in ("formatted", "trusted"):
        assert people.rows(f"{zone}.people", "number", "city") == [(8, "Ada"), (77, "Ely")]
    assert list(people.landed_bytes().values()) == [
        b"number,born,name,city\n,,,\n8,1906-12-09,Grace,Ada\n77,1912-06-23,Alan,Ely\n"
    ]
    assert places_of(people.folder / "lake", "1815-12-10") == []


def test_it_is_said_that_mentions_of_a_short_value_stay(people):
    assert not look_for_subject(people.lake, "Ada").is_everywhere
    assert look_for_subject(people.lake, "1815-12-10").is_everywhere


@pytest.mark.parametrize("column", ["city", "people.city", "nmae"])
def test_only_a_personal_column_says_who_it_is(people, column):
    with pytest.raises(DeclarationError, match="no personal column is named") as raised:
        look_for_subject(people.lake, "Ada", column)
    assert "people.name" in raised.value.mend


def test_a_value_must_be_given(people):
    with pytest.raises(DeclarationError, match="no value is given"):
        look_for_subject(people.lake, "  ")


def test_an_empty_lake_has_nobody(a_lake):
    a_lake.declare(PEOPLE)
    done = look_for_subject(a_lake.lake, "Ada Lovelace")
    assert (done.records, done.touched, done.proof.files) == (0, (), 0)
    done = erase_subject(a_lake.lake, "Ada Lovelace", "", "ticket 7", "the officer")
    assert (done.records, done.decision_id, a_lake.versions()) == (0, 0, {})
