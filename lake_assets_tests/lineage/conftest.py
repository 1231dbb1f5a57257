"""Transformations over the tables of the corpus."""

import pytest

from lake_assets.lineage import lineage_of
from lake_assets.model import TableRef, Transformation, Zone
from lake_assets_tests.lineage.corpus import TABLES
from lake_assets_tests.lineage.perturbation import answer, moved

INPUTS = {name: TableRef(Zone.TRUSTED, name) for name in TABLES}


def transformation(made):
    """A transformation of a query or a function."""
    code = {"sql": made} if isinstance(made, str) else {"function": made}
    return Transformation(TableRef(Zone.EXPLOITATION, "made"), dict(INPUTS), code_hash="ab12", **code)


def missed(made, schemas):
    """What moves a column of a query or function and does not stand in the column's lineage."""
    declared = transformation(made)
    found = lineage_of(declared, schemas, answer(declared, TABLES))
    return [
        (table, column, output)
        for (table, column), outputs in moved(declared, TABLES).items()
        for output in outputs
        if (table, column)
        not in {(each.origin.table.name, each.origin.column) for each in found.of_column(output)}
    ]


@pytest.fixture
def schemas():
    """The schemas of the tables."""
    return {name: table.schema for name, table in TABLES.items()}
