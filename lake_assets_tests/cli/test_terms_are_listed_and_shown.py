"""`lake terms` lists the words of the analysts; `lake show` names them at the columns that mean them."""

import pytest

VOCABULARY = """\
type: lake_assets.Vocabulary
attributes:
  terms:
    price paid: {definition: What the rider paid., synonyms: [fare], binds: trusted.bike_hires.price}
    hire: {definition: One ride.}
"""


@pytest.fixture
def worded(filled_lake):
    filled_lake.write("defs/words/defs.yaml", VOCABULARY)
    return filled_lake


def test_all_and_those_that_say_some_words(worded):
    assert [each["term"] for each in worded.json("terms")] == ["price paid", "hire"]
    (fare,) = worded.json("terms", "FARE")
    assert fare["binds"] == ["trusted.bike_hires.price"]
    assert "One ride." in worded.run("terms").stdout
    assert "no term says that" in worded.run("terms", "nonsense").stdout


def test_show_names_them_at_their_columns(worded):
    shown = {each["name"]: each["terms"] for each in worded.json("show", "trusted.bike_hires")["columns"]}
    assert shown["price"] == ["price paid"]
    assert shown["hire_id"] == []
    assert "<price paid>" in worded.run("show", "trusted.bike_hires").stdout


def test_a_lake_without_terms_says_how_to_declare_some(small_lake):
    assert "lake_assets.Vocabulary" in small_lake.run("terms").stdout
