"""Transformations over the tables of the corpus."""

import pytest

from lake_assets.model import TableRef, Transformation, Zone
from lake_assets_tests.lineage.corpus import TABLES

INPUTS = {name: TableRef(Zone.TRUSTED, name) for name in TABLES}


def transformation(made):
    """A transformation of a query or a function."""
    code = {"sql": made} if isinstance(made, str) else {"function": made}
    return Transformation(TableRef(Zone.EXPLOITATION, "made"), dict(INPUTS), code_hash="ab12", **code)


@pytest.fixture
def schemas():
    """The schemas of the tables."""
    return {name: table.schema for name, table in TABLES.items()}
