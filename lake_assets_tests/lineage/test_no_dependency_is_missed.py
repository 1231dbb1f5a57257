"""Whatever moves a column when it is changed stands in the column's lineage: 180 transformations of all kinds."""

import pytest

from lake_assets.lineage import lineage_of
from lake_assets_tests.lineage.conftest import missed, transformation
from lake_assets_tests.lineage.corpus import OPAQUE, POLARS, SQL, TABLES
from lake_assets_tests.lineage.perturbation import moved

CLEAR = {
    f"{group}-{name}": made
    for group, all_of in (("sql", SQL), ("polars", POLARS))
    for name, made in all_of.items()
}
SEEN_THROUGH = set(CLEAR) - {"polars-group_filtered", "polars-list_eval"}


@pytest.mark.filterwarnings("ignore:Sortedness of columns cannot be checked:UserWarning")
@pytest.mark.parametrize("name", CLEAR)
def test_what_moves_a_column_stands_in_its_lineage(name, schemas):
    assert not missed(CLEAR[name], schemas)


@pytest.mark.filterwarnings("ignore::polars.exceptions.PolarsInefficientMapWarning")
@pytest.mark.parametrize("name", OPAQUE)
def test_what_cannot_be_looked_into_is_said_to_depend_on_all(name, schemas):
    assert not missed(OPAQUE[name], schemas)


@pytest.mark.parametrize("name", sorted(SEEN_THROUGH))
def test_what_polars_shows_is_not_opaque(name, schemas):
    found = lineage_of(transformation(CLEAR[name]), schemas)
    assert not found.opaque
    assert not any(each.is_opaque for column in found.columns for each in found.of_column(column))


def test_the_corpus_is_large():
    assert len(CLEAR) + len(OPAQUE) >= 175


def test_the_oracle_sees_what_a_filter_moves():
    found = moved(transformation("SELECT id FROM sales WHERE price > 20"), TABLES)
    assert {place for place, outputs in found.items() if outputs} == {("sales", "id"), ("sales", "price")}


@pytest.mark.filterwarnings("ignore:Sortedness of columns cannot be checked:UserWarning")
def test_little_is_said_that_nothing_moves(schemas):
    claimed = confirmed = 0
    for made in list(CLEAR.values())[1::6]:
        declared = transformation(made)
        found, seen = lineage_of(declared, schemas), moved(declared, TABLES)
        for output in found.columns:
            origins = {(each.origin.table.name, each.origin.column) for each in found.of_column(output)}
            claims = {each for each in origins if each[1] != "*"}
            claimed += len(claims)
            confirmed += sum(output in seen.get(each, ()) for each in claims)
    assert confirmed >= 0.85 * claimed
