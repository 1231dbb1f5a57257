"""Each dependency says in which way it is one, in the words of OpenLineage."""

import polars as pl
import pytest

from lake_assets.lineage import lineage_of
from lake_assets.model import Way
from lake_assets_tests.lineage.conftest import transformation

c = pl.col


def _ways(made, schemas, column):
    found = lineage_of(transformation(made), schemas)
    return {(str(each.origin).removeprefix("trusted."), each.way.value) for each in found.of_column(column)}


@pytest.mark.parametrize(
    ("sql", "column", "ways"),
    [
        ("SELECT id AS n FROM sales", "n", {("sales.id", "IDENTITY")}),
        ("SELECT id + 1 AS n FROM sales", "n", {("sales.id", "TRANSFORMATION")}),
        ("SELECT CAST(id AS VARCHAR) AS n FROM sales", "n", {("sales.id", "TRANSFORMATION")}),
        ("SELECT SUM(price) * 2 AS t FROM sales", "t", {("sales.price", "AGGREGATION")}),
        ("SELECT COUNT(*) AS n FROM sales", "n", {("sales.*", "AGGREGATION")}),
        ("SELECT 1 AS one FROM sales", "one", set()),
        (
            "SELECT id FROM sales WHERE price > 1",
            "id",
            {("sales.id", "IDENTITY"), ("sales.price", "FILTER")},
        ),
        (
            "SELECT shop, SUM(price) AS t FROM sales GROUP BY shop",
            "t",
            {("sales.price", "AGGREGATION"), ("sales.shop", "GROUP_BY")},
        ),
        (
            "SELECT h.town FROM sales AS s LEFT JOIN shops AS h ON s.shop = h.shop",
            "town",
            {("shops.town", "IDENTITY"), ("sales.shop", "JOIN"), ("shops.shop", "JOIN")},
        ),
        (
            "SELECT CASE WHEN is_online THEN price END AS p FROM sales",
            "p",
            {("sales.price", "TRANSFORMATION"), ("sales.is_online", "CONDITIONAL")},
        ),
        (
            "SELECT LAG(price) OVER (PARTITION BY shop ORDER BY day) AS p FROM sales",
            "p",
            {("sales.price", "TRANSFORMATION"), ("sales.shop", "WINDOW"), ("sales.day", "WINDOW")},
        ),
        (
            "SELECT id FROM sales ORDER BY price LIMIT 3",
            "id",
            {("sales.id", "IDENTITY"), ("sales.price", "SORT")},
        ),
        (
            "SELECT DISTINCT town FROM shops",
            "town",
            {("shops.town", "IDENTITY"), ("shops.town", "GROUP_BY")},
        ),
    ],
)
def test_a_query_is_told_in_the_words_of_openlineage(sql, column, ways, schemas):
    assert _ways(sql, schemas, column) == ways


def test_a_key_that_is_one_column_comes_from_both_sides_of_a_full_join(schemas):
    def made(sales, shops, visits):
        return sales.join(shops, on="shop", how="full", coalesce=True)

    identities = {each for each, way in _ways(made, schemas, "shop") if way == "IDENTITY"}
    assert identities == {"sales.shop", "shops.shop"}


def test_a_key_comes_from_the_right_in_a_right_join(schemas):
    def made(sales, shops, visits):
        return sales.join(shops, on="shop", how="right")

    assert {each for each, way in _ways(made, schemas, "shop") if way == "IDENTITY"} == {"shops.shop"}


def test_a_python_function_over_a_column_depends_on_that_column_alone(schemas):
    def made(sales, shops, visits):
        return sales.select(
            "id", v=c.price.map_elements(lambda value: f"{value:.0f}!", return_dtype=pl.String)
        )

    found = lineage_of(transformation(made), schemas)
    assert [(each.origin.column, each.is_opaque) for each in found.columns["v"]] == [("price", True)]
    assert found.opaque == ("a Python function over values",)


def test_a_function_that_fails_over_no_rows_is_opaque_and_fails_nothing(schemas):
    def made(sales, shops, visits):
        raise RuntimeError("not today")

    found = lineage_of(transformation(made), schemas, ["a"])
    assert found.opaque == ("RuntimeError: not today",)
    assert ("sales", "price") in {
        (each.origin.table.name, each.origin.column) for each in found.of_column("a")
    }


def test_every_way_has_its_kind():
    assert [way.value for way in Way if way.kind == "DIRECT"] == ["IDENTITY", "TRANSFORMATION", "AGGREGATION"]
