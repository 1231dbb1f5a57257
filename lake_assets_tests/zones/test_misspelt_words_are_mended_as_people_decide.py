"""Nothing is guessed: a misspelt word is mended once somebody has decided what it stands for, and that is on record."""

import pytest

from lake_assets.errors import DeclarationError, SchemaError
from lake_assets_tests.flow.a_lake import ALake

DATASETS = """\
cities: {from: "cities*.csv", key: [name], columns: {name: text, inhabitants: int}}
bikes:
  from: "bikes*.csv"
  key: [id]
  columns: {id: int, city: text}
  clean: [{trim: city}, {vocabulary: {city: trusted.cities.name}}, {case: {city: upper}}]
"""


@pytest.fixture
def bikes(a_lake) -> ALake:
    a_lake.declare(DATASETS)
    a_lake.drop("cities.csv", "name,inhabitants\nNew York,8\nBoston,1\n")
    a_lake.drop("bikes-1.csv", "id,city\n1, Nwe York\n2,Nwe York \n3,Boston\n4,Kyoto\n5,Bostn\n6,\n")
    a_lake.ingest_whole()
    return a_lake


def proposed(a_lake):
    return [(each.value, each.proposal, each.count) for each in a_lake.lake.suggestions("bikes")]


def test_what_is_no_word_is_listed_with_the_nearest_one(bikes):
    assert proposed(bikes) == [("Nwe York", "New York", 2), ("Bostn", "Boston", 1), ("Kyoto", None, 1)]
    assert bikes.rows("trusted.bikes", "city")[0] == ("NWE YORK",)


def test_a_decision_holds_for_batches_from_then_on(bikes):
    bikes.lake.decide("bikes", "city", "Nwe York", "New York", "a slip of the pen", "team:maps")
    bikes.drop("bikes-2.csv", "id,city\n7,Nwe York\n")
    bikes.ingest_whole()
    found = dict(bikes.rows("trusted.bikes", "id", "city"))
    assert (found[1], found[7]) == ("NWE YORK", "NEW YORK")
    assert [value for value, _, _ in proposed(bikes)] == ["Bostn", "Kyoto"]


def test_what_is_right_as_it_is_is_not_proposed_again(bikes):
    bikes.lake.decide("bikes", "city", "Kyoto", "Kyoto", "we are there too", "ann")
    assert "Kyoto" not in [value for value, _, _ in proposed(bikes)]


def test_a_decision_is_on_record_and_a_later_one_takes_its_place(bikes):
    for word in ("Boston", "New York", "New York"):
        bikes.lake.decide("bikes", "city", "Bostn", word, "looked it up", "ann")
    rows = bikes.frame("governance.decisions").sort("decision_id").to_dicts()
    assert [(row["decision_id"], row["decided"], row["supersedes"]) for row in rows] == [
        (1, "Boston", None),
        (2, "New York", 1),
    ]
    assert {(row["kind"], row["dataset"], row["column"], row["value"]) for row in rows} == {
        ("vocabulary", "bikes", "city", "Bostn")
    }
    assert {(row["why"], row["who"]) for row in rows} == {("looked it up", "ann")}
    bikes.drop("bikes-2.csv", "id,city\n7,Bostn\n")
    bikes.ingest_whole()
    assert dict(bikes.rows("trusted.bikes", "id", "city"))[7] == "NEW YORK"


def test_only_words_of_the_vocabulary_are_decided(bikes):
    with pytest.raises(DeclarationError, match="'New Yrok' is no word") as caught:
        bikes.lake.decide("bikes", "city", "Nwe York", "New Yrok", "", "ann")
    assert "did you mean New York" in caught.value.mend


@pytest.mark.parametrize("ask", ["suggestions", "decide"])
def test_a_column_without_a_vocabulary_is_told(bikes, ask):
    more = ("Nwe York", "New York", "", "ann") if ask == "decide" else ()
    with pytest.raises(DeclarationError, match="id of bikes has no vocabulary") as caught:
        getattr(bikes.lake, ask)("bikes", "id", *more)
    assert "city" in caught.value.mend


def test_words_may_be_listed_and_rows_need_not_be_there(a_lake):
    a_lake.declare("bikes: {from: '*.csv', clean: [{vocabulary: {city: [Rome, Oslo]}}]}")
    assert a_lake.lake.suggestions("bikes") == []
    a_lake.drop("a.csv", "id,city\n1,Rom\n2,Oslo\n")
    a_lake.ingest_whole()
    assert proposed(a_lake) == [("Rom", "Rome", 1)]


def test_words_are_text(bikes):
    bikes.declare(DATASETS.replace("trusted.cities.name", "trusted.cities.inhabitants"))
    with pytest.raises(SchemaError, match="no column of text 'inhabitants'") as caught:
        bikes.lake.suggestions("bikes")
    assert "name" in caught.value.mend


def test_a_decision_lets_a_row_back_from_quarantine(bikes):
    rules = "  rules: [{in_set: {city: [NEW YORK, BOSTON]}}]\n"
    bikes.declare(DATASETS + rules)
    bikes.drop("bikes-2.csv", "id,city\n8,Nwe York\n")
    bikes.ingest_whole()
    assert bikes.count("quarantine.bikes") == 1
    bikes.lake.decide("bikes", "city", "Nwe York", "New York", "a slip", "ann")
    bikes.lake.replay("bikes", "decided on the word")
    assert dict(bikes.rows("trusted.bikes", "id", "city"))[8] == "NEW YORK"
