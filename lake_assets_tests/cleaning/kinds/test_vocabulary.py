import polars as pl
import pytest

from lake_assets.cleaning import DECIDED, Scope, compile_steps, declare_step
from lake_assets.cleaning.suggestions import suggest
from lake_assets.errors import DeclarationError
from lake_assets.model import CleaningStep


def test_nothing_is_guessed(cells):
    assert cells(["Nwe York"], {"vocabulary": {"a": ["New York"]}}) == ["Nwe York"]


def test_what_is_decided_is_applied():
    step = CleaningStep("vocabulary", {"a": {"of": ["New York"], DECIDED: {"Nwe York": "New York"}}})
    rows = pl.LazyFrame({"a": ["Nwe York", "Rome", None]})
    found = compile_steps([step], rows.collect_schema(), Scope()).clean(rows).collect()["a"]
    assert found.to_list() == ["New York", "Rome", None]


@pytest.mark.parametrize(
    ("of", "what"),
    [
        ("trusted.cities", "is not the name of a column"),
        ("citis.trusted.name", "no zone is named"),
        (["a", "a"], "different texts"),
        ([1], "different texts"),
        (None, "of is a text"),
    ],
)
def test_the_words_must_be_said_right(of, what):
    with pytest.raises(DeclarationError, match=what):
        declare_step({"vocabulary": {"a": of}})


WORDS = ["Boston", "New York", "Los Angeles"]


@pytest.mark.parametrize(
    ("value", "proposal"),
    [
        ("Nwe York", "New York"),
        ("york, new", "New York"),
        ("BOSTON", "Boston"),
        ("Los Angles", "Los Angeles"),
        ("Kyoto", None),
    ],
)
def test_the_nearest_word_is_proposed(value, proposal):
    (found,) = suggest("city", [(value, 1)], WORDS)
    assert found.proposal == proposal
    assert (found.score >= 60) == (proposal is not None)


def test_the_most_frequent_comes_first_whatever_the_order():
    values = [("Bostn", 2), ("Nwe York", 7), ("Bosto", 2)]
    found = suggest("city", values, WORDS)
    assert [(each.value, each.count) for each in found] == [("Nwe York", 7), ("Bostn", 2), ("Bosto", 2)]
    assert found == suggest("city", reversed(values), reversed(WORDS))
