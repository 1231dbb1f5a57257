"""The oracle: change one column of one input, run the transformation, and see which columns of the output move."""

import re

import polars as pl

from lake_assets.engines import open_engine
from lake_assets.errors import LakeError

_SALT = 17
_ORDER_IS_NO_PROMISE = re.compile(r"AGGREGATE|UNIQUE|JOIN|UNION|PYTHON")


def moved(transformation, tables):
    """For each column of each input, which columns of the output some change of it moves.

    Args:
        transformation: What is run.
        tables: Frames by the name that the transformation uses.

    Returns:
        (name of the input, column) to the names of the columns that moved.
    """
    before = answer(transformation, tables)
    assert before, "the transformation gives nothing over the tables as they are"
    return {
        (name, column): _moved_by(transformation, tables, name, column, before)
        for name in tables
        if answer(transformation, {**tables, name: tables[name].clear()}) != before
        for column in tables[name].columns
    }


def _moved_by(transformation, tables, name, column, before):
    table, found = tables[name], set()
    for changed in _changes(table[column]):
        if found == set(before):
            break
        found |= _differences(before, answer(transformation, {**tables, name: table.with_columns(changed)}))
    return found


def answer(transformation, tables):
    """The columns of the output, in order where their order is a promise; None where it fails."""
    try:
        frame = open_engine(transformation).run({name: table.lazy() for name, table in tables.items()})
        is_ordered = not _ORDER_IS_NO_PROMISE.search(frame.explain())
        rows = frame.collect()
    except (LakeError, TypeError, pl.exceptions.PolarsError):
        return None
    values = {name: list(map(repr, rows[name].to_list())) for name in rows.columns}
    return values if is_ordered else {name: sorted(each) for name, each in values.items()}


def _differences(before, after):
    return {name for name in before if before[name] != after.get(name)} if after else set()


def _changes(values):
    """The column with other values: moved, mixed, all the same, null, greater and smaller ones."""
    rows = len(values)
    yield values.gather([(place + 1) % rows for place in range(rows)])
    yield values.gather([(place * 5 + 3) % rows for place in range(rows)])
    yield values.gather([rows - 1] * rows)
    yield pl.Series(values.name, [None] * rows, dtype=values.dtype)
    if values.dtype.is_numeric():
        yield values + _SALT
        yield values * -3
    if values.dtype.is_temporal():
        yield values.dt.offset_by("31d2h")
    if values.dtype == pl.String:
        yield values + "z"
    if values.dtype == pl.Boolean:
        yield ~values
    yield values.reverse()
    yield values.gather([0] * rows)
