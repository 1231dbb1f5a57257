"""A dataset is trusted after the datasets that its rules look up, however they are declared."""

from itertools import permutations

import pytest

from lake_assets.errors import DeclarationError
from lake_assets.lake import ingest, referenced_tables
from lake_assets.lake.ingest import in_order_of_references
from lake_assets.model import Dataset, Rule, TableRef, Zone
from lake_assets_tests.flow.a_lake import step


def _dataset(name, *tables):
    rules = [
        Rule(f"r{place}", "references", ("x",), {"table": table, "to": ("x",)})
        for place, table in enumerate(tables)
    ]
    return Dataset(name, "city", rules=(*rules, Rule("n", "not_null", ("x",))))


CHAIN = [_dataset("hires", "trusted.bikes"), _dataset("bikes", "trusted.makers"), _dataset("makers")]


@pytest.mark.parametrize("declared", list(permutations(CHAIN)))
def test_each_after_those_it_refers_to(declared):
    assert [dataset.name for dataset in in_order_of_references(declared)] == ["makers", "bikes", "hires"]


def test_a_reference_to_itself_or_to_a_source_that_was_not_chosen_does_not_matter():
    datasets = [_dataset("hires", "trusted.hires", "trusted.elsewhere")]
    assert in_order_of_references(datasets) == datasets


def test_a_circle_is_refused_with_its_members():
    with pytest.raises(DeclarationError, match=r"(a -> b -> a|b -> a -> b)"):
        in_order_of_references([_dataset("a", "trusted.b"), _dataset("b", "trusted.a")])


def test_a_circle_is_refused_before_anything_is_fetched(a_lake):
    rule = "rules: [{references: {column: id, table: trusted.%s}}]"
    a_lake.declare(f"a: {{from: '*.csv', {rule % 'b'}}}\nb: {{from: '*.csv', {rule % 'a'}}}")
    a_lake.drop("a.csv", "id\n1\n")
    with pytest.raises(DeclarationError):
        a_lake.ingest()
    assert a_lake.lake.tables() == []


def test_the_tables_that_rules_look_up_are_known():
    assert referenced_tables(CHAIN[0]) == {TableRef(Zone.TRUSTED, "bikes")}
    assert referenced_tables(CHAIN[2]) == set()


def test_one_ingest_is_enough(a_lake):
    rule = "rules: [{references: {column: bike, table: trusted.z_bikes, to: id}}]"
    a_lake.declare(
        f"a_hires: {{from: 'hires/*', format: csv, {rule}}}\nz_bikes: {{from: 'bikes/*', format: csv}}"
    )
    a_lake.drop("hires/a", "id,bike\n1,10\n2,20\n")
    a_lake.drop("bikes/a", "id\n10\n")
    trusted = step(a_lake.ingest_whole(), Zone.TRUSTED, "a_hires")
    assert (trusted.rows_out, trusted.rows_quarantined) == (1, 1)
    assert callable(ingest)
