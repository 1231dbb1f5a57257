"""The page of an exploitation table draws which column depends on which, and says what cannot be looked into."""

import pytest

from lake_assets_tests.site.conftest import words

FUNCTION = """\
import polars as pl

from lake_assets.declarations import exploitation_table


@exploitation_table(
    description="Hires in dollars.", key=["hire_id"], inputs={"hires": "trusted.hires"},
    columns={"hire_id": "number", "dollars": "what was paid"},
)
def dollars(hires: pl.LazyFrame) -> pl.LazyFrame:
    BODY
"""
OPAQUE = """\
return hires.select("hire_id", "price").map_batches(
        lambda frame: frame.select("hire_id", dollars=pl.col("price") * 1.1),
        schema={"hire_id": pl.Int64, "dollars": pl.Float64},
    )"""
FAILS = 'raise FileNotFoundError("/home/ada/secret-rates.csv")'


@pytest.fixture
def takings(a_site):
    a_site.write()
    return a_site.page("tables/exploitation.takings.html")


def drawing_of(page):
    (found,) = page.xpath("//*[contains(@class, 'lineage')][local-name()='svg']")
    return found


def from_of(page, column):
    return words(page.get_element_by_id(f"column-{column}").xpath(".//td[@class='from']")[0])


def declare_function(a_site, body):
    a_site.lake.write("defs/exploitation/defs.yaml", "type: lake_assets.Exploitation\nattributes: {}\n")
    a_site.lake.write("defs/exploitation/dollars.py", FUNCTION.replace("BODY", body))
    a_site.write()
    return a_site.page("tables/exploitation.dollars.html")


def test_a_column_names_those_that_its_values_are_made_from(takings):
    assert from_of(takings, "taken") == "trusted.hires.price"


def test_each_column_is_drawn_with_a_way_to_it(takings):
    drawn = drawing_of(takings)
    links = {words(each): each.get("href") for each in drawn.xpath(".//a")}
    assert links["price"] == "../tables/trusted.hires.html#column-price"
    assert links["taken"] == "../tables/exploitation.takings.html#column-taken"
    assert drawn.xpath(".//path/@class") == ["summed"]


def test_a_table_that_only_the_mapping_tells_of_has_no_such_drawing(a_site):
    a_site.write()
    assert "Column by column" not in a_site.text("tables/trusted.hires.html")


def test_what_only_decides_about_a_value_is_named_where_nothing_else_is(a_site):
    query = "SELECT hire_id, CASE WHEN price > 3 THEN 'dear' ELSE 'cheap' END AS sort FROM trusted.hires"
    a_site.lake.declare_table("sorts", query)
    a_site.lake.ingest()
    a_site.write()
    page = a_site.page("tables/exploitation.sorts.html")
    assert from_of(page, "sort") == "trusted.hires.price"
    assert set(drawing_of(page).xpath(".//path/@class")) == {"same", "decides"}


def test_what_cannot_be_looked_into_is_said(a_site):
    page = declare_function(a_site, OPAQUE)
    assert "Not to be looked into" in words(page)
    assert from_of(page, "dollars") == "trusted.hires any of its columns: not to be looked into"
    assert set(drawing_of(page).xpath(".//path/@class")) == {"opaque"}


def test_what_an_error_of_the_code_says_stays_out(a_site):
    page = declare_function(a_site, FAILS)
    (note,) = page.xpath("//section[@aria-labelledby='lineage']//p[@class='note']")
    assert words(note).endswith(": FileNotFoundError.")


def test_columns_of_tables_that_are_not_there_yet_lead_to_the_table(a_site):
    a_site.lake.declare_table("later", "SELECT hire_id FROM trusted.hires")
    a_site.write()
    links = {
        words(each): each.get("href")
        for each in drawing_of(a_site.page("tables/exploitation.later.html")).xpath(".//a")
    }
    assert links["exploitation.later"] == "../tables/exploitation.later.html"
