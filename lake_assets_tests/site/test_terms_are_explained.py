"""A term stands in the vocabulary with all that is declared of it, and beside the columns that mean it."""

import json

import pytest

from lake_assets_tests.site.conftest import words

TERMS = """\
type: lake_assets.Vocabulary
attributes:
  owner: team:desk
  terms:
    fare:
      definition: What a rider <b>pays</b>.
      synonyms: [price of a hire, tariff]
      binds: [trusted.hires.price, exploitation.takings.taken]
    rider:
      definition: Who rides.
      owner: team:people
"""


@pytest.fixture
def told(a_site):
    a_site.lake.write("defs/vocabulary/defs.yaml", TERMS)
    a_site.write()
    return a_site


def test_the_vocabulary_has_definition_synonyms_columns_and_owner(told):
    row = told.page("vocabulary.html").get_element_by_id("term-fare")
    name, definition, columns, owner = row.xpath("./th | ./td")
    assert "also: price of a hire, tariff" in words(name)
    assert (words(definition), words(owner)) == ("What a rider <b>pays</b>.", "team:desk")
    assert [each.get("href") for each in columns.iter("a")] == [
        "tables/trusted.hires.html#column-price",
        "tables/exploitation.takings.html#column-taken",
    ]


def test_a_term_that_no_column_means_says_so_and_has_its_own_owner(told):
    row = told.page("vocabulary.html").get_element_by_id("term-rider")
    assert words(row) == "rider Who rides. none yet team:people"


def test_the_term_stands_beside_the_column_with_its_definition(told):
    (chip,) = told.page("tables/trusted.hires.html").xpath(
        "//tr[@id='column-price']//a[contains(@class, 'term')]"
    )
    assert (words(chip), chip.get("title")) == ("fare", "What a rider <b>pays</b>.")
    assert chip.get("href") == "../vocabulary.html#term-fare"


def test_search_finds_a_term_by_every_word_for_it(told):
    index = told.text("search-index.js").removeprefix("window.lakeSearch = ").rstrip().removesuffix(";")
    terms = {name: href for kind, name, _, href in json.loads(index) if kind == "term"}
    assert terms == {
        "fare": "vocabulary.html#term-fare",
        "price of a hire": "vocabulary.html#term-fare",
        "tariff": "vocabulary.html#term-fare",
        "rider": "vocabulary.html#term-rider",
    }


def test_without_terms_the_section_is_left_out(a_site):
    a_site.write()
    assert 'id="terms"' not in a_site.text("vocabulary.html")
