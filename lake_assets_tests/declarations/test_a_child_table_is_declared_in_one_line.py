"""A child table is declared where its parent is: one line where it has no rules."""

from __future__ import annotations

import pytest

from lake_assets.errors import DeclarationError, UnknownTableError
from lake_assets.model import WriteMode
from lake_assets_tests.flow.a_lake import ALake

ORDERS = """\
orders:
  from: '*.json'
  key: [id]
  children: {lines: items}
"""


@pytest.fixture
def a_lake(tmp_path):
    return ALake(tmp_path)


def test_the_short_form_names_the_column(a_lake):
    a_lake.declare(ORDERS)
    child = a_lake.lake.declarations.dataset("lines")
    assert (child.parent, child.origin, child.key) == ("orders", "items", ("id", "_position"))
    assert child.write_mode is WriteMode.UPSERT
    assert child.grain == "one element of items"
    assert [each.name for each in a_lake.lake.declarations.tables] == ["orders", "lines"]
    assert [each.name for each in a_lake.lake.declarations.datasets] == ["orders"]


def test_the_long_form_has_rules_and_an_owner_of_its_own(a_lake):
    long = "{of: items, owner: team:sales, rules: [{not_null: [sku]}]}"
    a_lake.declare(ORDERS.replace("{lines: items}", f"{{lines: {long}}}"))
    child = a_lake.lake.declarations.dataset("lines")
    assert [(rule.rule_id, rule.owner) for rule in child.rules] == [("sku_not_null", "team:sales")]


@pytest.mark.parametrize(
    ("children", "more", "word"),
    [
        ("{lines: id}", "", "holds no lists"),
        ("{lines: items}", "columns: {items: text}", "holds no lists"),
        ("{lines: items}", "columns: {items: {type: nested, personal: true}}", "is personal"),
        ("{lines: {off: items}}", "", ".of. is missing"),
        ("{orders: items}", "", "another dataset is named 'orders'"),
        (
            "{lines: {of: items, rules: [{references: {column: sku, table: trusted.parts, to: sku}}]}}",
            "",
            "parts",
        ),
    ],
)
def test_what_cannot_be_is_told(a_lake, children, more, word):
    a_lake.declare(ORDERS.replace("{lines: items}", children) + f"  {more}\n")
    with pytest.raises(DeclarationError, match=word):
        _ = a_lake.lake.declarations


def test_near_names_know_child_tables(a_lake):
    a_lake.declare(ORDERS)
    with pytest.raises(UnknownTableError) as caught:
        a_lake.lake.declarations.dataset("line")
    assert "lines" in caught.value.mend
