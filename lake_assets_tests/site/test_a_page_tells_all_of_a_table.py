"""The page of a table holds what is declared of it, what it holds and how it came about."""

import pytest

from lake_assets.model import TableRef, Zone
from lake_assets_tests.site.conftest import words


@pytest.fixture
def trusted(a_site):
    a_site.profile()
    a_site.write()
    return a_site.page("tables/trusted.hires.html")


def rows_of(page, section):
    return [words(row) for row in page.xpath(f"//section[@aria-labelledby='{section}']//tbody/tr")]


def test_description_grain_key_owner_and_tags_stand_at_the_top(trusted):
    facts = {
        words(each.find("dt")): words(each.find("dd")) for each in trusted.xpath("//dl[@class='facts']/div")
    }
    assert words(trusted.find(".//p[@class='lead']")) == "Hires of bikes."
    assert (facts["One row is"], facts["Key"], facts["Owner"]) == ("one hire", "hire_id", "team:bikes")
    assert (facts["Rows"], facts["Tags"], facts["Rows enter by"]) == ("2", "mobility", "upsert")
    assert facts["Declared in"] == "inbox/defs.yaml:5"


def test_columns_have_type_meaning_unit_rules_and_origin(trusted):
    price = next(row for row in rows_of(trusted, "columns") if row.startswith("price"))
    assert price == "price Float64 what was paid euro price_in_range formatted.hires.price"


def test_a_personal_column_and_the_key_are_marked(trusted):
    marked = {row.split()[0]: row.split()[1] for row in rows_of(trusted, "columns")}
    assert (marked["rider"], marked["hire_id"]) == ("personal", "key")


def test_rules_tell_what_why_and_how_they_came_out(trusted):
    rules = rows_of(trusted, "rules")
    assert rules[0].startswith("price_in_range price is at least 0 and at most 500")
    assert "nobody is paid to ride" in rules[0]
    assert "broken 1 of 3 (33.33%)" in rules[0]
    assert "first: file hires-1.csv, row 3" in rules[0]
    assert any("kept 3 judged" in rule for rule in rules[1:])


def test_what_is_set_aside_is_counted_with_how_to_look(trusted):
    assert rows_of(trusted, "quarantine")[0].startswith("price_in_range trusted 1 1")
    assert "lake quarantine hires" in words(trusted)


def test_the_profile_draws_a_distribution_and_tells_figures(trusted):
    price = next(
        row for row in trusted.xpath("//table[@class='profile']//tr") if words(row).startswith("price")
    )
    assert price.xpath(".//*[local-name()='svg']//*[local-name()='rect']")
    assert "2.5 … 4" in words(price)


def test_versions_name_inputs_counts_and_run(trusted):
    (run,) = rows_of(trusted, "runs")
    assert "formatted.hires" in run
    assert " 3 2 0 1 " in run


def test_the_query_is_shown_in_colours(a_site):
    a_site.write()
    page = a_site.page("tables/exploitation.takings.html")
    code = page.find(".//figure//code")
    assert words(code) == "SELECT 'all' AS kind, SUM(price) AS taken FROM trusted.hires"
    assert "SELECT" in [each.text for each in code.xpath(".//span[@class='hl-k']")]
    assert "team:finance consumer" in words(page)


def test_the_mapping_of_a_formatted_table_is_shown(a_site):
    a_site.write()
    code = words(a_site.page("tables/formatted.hires.html").find(".//figure//code"))
    assert "price: {type: float, unit: euro}" in code


def test_a_table_that_is_not_there_yet_says_so(a_site):
    a_site.lake.declare_table("later", "SELECT hire_id FROM trusted.hires")
    a_site.write()
    assert "not there yet" in words(a_site.page("tables/exploitation.later.html"))


def test_every_table_has_a_page_that_the_list_links(a_site):
    a_site.profile()
    a_site.write()
    tables = {str(each.ref) for each in a_site.lake.lake.tables()}
    linked = {each.get("href") for each in a_site.page("tables.html").xpath("//tbody//a")}
    assert linked == {f"tables/{table}.html" for table in tables}
    assert all((a_site.folder / link).is_file() for link in linked)


def test_whoever_knows_where_values_are_from_is_heard(a_site):
    takings, hires = TableRef(Zone.EXPLOITATION, "takings"), TableRef(Zone.TRUSTED, "hires")
    a_site.write(origins={(takings, "taken"): [(hires, "price")]})
    row = a_site.page("tables/exploitation.takings.html").get_element_by_id("column-taken")
    (link,) = row.xpath(".//td[@class='from']/a")
    assert (words(link), link.get("href")) == (
        "trusted.hires.price",
        "../tables/trusted.hires.html#column-price",
    )
