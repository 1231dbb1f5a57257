"""Which rows of the inputs an output row was made of."""

from __future__ import annotations

from collections.abc import Mapping

from lake_assets.model import Transformation
from lake_assets.storage.table import Table
from lake_assets.tracing.again import Found, Values
from lake_assets.tracing.by_equality import by_equality
from lake_assets.tracing.by_query import by_query
from lake_assets.tracing.results import Exactness

__all__ = ["ask_back"]


def ask_back(transformation: Transformation, inputs: Mapping[str, Table], row: Values) -> Found:
    """Find the rows of the inputs that an output row was made of, and make it of them again.

    A query over joined tables, grouped or not, is asked for the rows of its inputs in place of what it selects. Of any
    other transformation the inputs are held against the output row: by the columns of its key that they have under the
    same name, and by the columns that they share among themselves. Either way the transformation is run over what was
    found: only when that gives the row again it counts.

    Args:
        transformation: As it is declared now.
        inputs: As they were, by the name that the transformation uses.
        row: The output row.
    """
    asked = by_query(transformation, inputs, row)
    if asked is not None and asked.exactness is Exactness.EXACT:
        return asked
    held = by_equality(transformation, inputs, row)
    return held if asked is None or held.exactness is not Exactness.BOUNDED else asked
