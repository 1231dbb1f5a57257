"""`Lake.why` tells what a column means, what it is made of, which rules are on it and what is missing in it."""

import pytest

from lake_assets.errors import SchemaError
from lake_assets_tests.tracing.conftest import edit


def test_a_trusted_column_tells_meaning_rules_and_gaps(story):
    found = story.lake.why("trusted.hires", "price")
    assert (found.description, found.unit, found.inputs) == (
        "what was paid [euro]",
        "euro",
        ("formatted.hires.price",),
    )
    assert (found.rows, found.nulls, found.rescued) == (4, 1, 1)
    (rule,) = found.rules
    assert (rule.rule_id, rule.judged, rule.broken) == ("price_in_range", 1, 0)
    assert [each.version for each in found.commits] == [1, 0]


def test_a_rule_that_was_changed_is_not_judged_yet(own_story):
    edit(own_story, "price: [0, 500]", "price: [0, 9]")
    (rule,) = own_story.lake.why("trusted.hires", "price").rules
    assert (rule.judged, rule.broken) == (None, None)


def test_its_cleaning_and_its_names_in_files_are_told(story):
    found = story.lake.why("trusted.hires", "station")
    assert found.elements == ("stop",)
    assert len(found.cleaning) == 2
    assert found.cleaning[1] == "station in upper case"


def test_a_column_of_a_query_tells_its_expression_and_the_columns_in_it(story):
    found = story.lake.why("exploitation.takings", "takings")
    assert (found.expression, found.inputs) == ("SUM(h.price)", ("trusted.hires.price",))
    assert found.declared_at.endswith("takings.sql:4")


def test_a_column_of_a_function_tells_the_function_and_its_inputs(story):
    found = story.lake.why("exploitation.by_station", "hires")
    assert (found.expression, found.inputs) == ("by_station", ("trusted.hires", "trusted.stations"))


def test_a_column_of_a_child_table_comes_from_the_list(story):
    assert story.lake.why("trusted.order_lines", "sku").inputs == ("trusted.orders.lines",)


def test_a_personal_column_is_told_as_such(story):
    assert story.lake.why("trusted.members", "email").is_personal


def test_a_column_that_is_not_there_is_named_with_near_ones(story):
    with pytest.raises(SchemaError, match="no column 'prise'") as told:
        story.lake.why("trusted.hires", "prise")
    assert "did you mean price" in told.value.mend
