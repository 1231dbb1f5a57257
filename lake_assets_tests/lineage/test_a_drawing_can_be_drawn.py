"""A picture of a lineage is well-formed, however wide the table, and shows each input column once."""

import xml.etree.ElementTree as ET

import pytest

from lake_assets.lineage import drawing_of, lineage_of
from lake_assets.model import ColumnRef, Dependency, TableLineage, TableRef, Way
from lake_assets_tests.lineage.conftest import transformation

INPUT, TARGET = TableRef.parse("trusted.wide"), TableRef.parse("exploitation.made")


def _drawn(lineage):
    tree = ET.fromstring(drawing_of(lineage))  # noqa: S314 - our own
    texts = [each.text for each in tree if each.tag.endswith("text")]
    return texts, [each for each in tree if each.tag.endswith("path")], float(tree.get("height"))


def test_every_dependency_is_a_curve(schemas):
    lineage = lineage_of(transformation("SELECT id, price + pieces AS t FROM sales WHERE is_online"), schemas)
    texts, curves, _ = _drawn(lineage)
    legend = 5
    assert len(curves) == 4 + legend
    assert {
        "trusted.sales",
        "price",
        "pieces",
        "is_online",
        "exploitation.made",
        "which rows there are",
    } <= set(texts)


@pytest.mark.parametrize("columns", [1, 59, 500])
def test_a_wide_opaque_table_stays_a_picture(columns):
    depends = frozenset(
        Dependency(ColumnRef(INPUT, f"c{place}"), Way.TRANSFORMATION, is_opaque=True)
        for place in range(columns)
    )
    lineage = TableLineage(TARGET, {f"c{place}": depends for place in range(columns)}, depends, ("why <so>",))
    texts, curves, height = _drawn(lineage)
    assert len(curves) <= 405
    assert height < 12_000
    assert "opaque: why <so>" in texts


def test_a_table_of_which_nothing_is_known_can_be_drawn():
    texts, _, _ = _drawn(TableLineage(TARGET, {"a": frozenset()}))
    assert "a" in texts
