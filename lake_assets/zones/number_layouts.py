"""How the numbers of an element are written, from a sample; where two ways would differ in value, none is guessed."""

from __future__ import annotations

import polars as pl

from lake_assets.model import ColumnType, NumberLayout, number_layout

__all__ = ["find_number_layout"]

# In the order of preference; those of one line never read a text differently.
_LAYOUTS = (
    ("1234,5", "1.234,5", "1 234,5"),
    ("1,234.5", "1 234.5", "1'234.5"),
)
# No zero before other digits, and no more digits before the fraction than a float holds exactly.
_NO_CODE = r"^[+-]?(?:0|[1-9](?:[^0-9]?[0-9]){0,14})(?:[.,][0-9]+)?$"


def find_number_layout(values: pl.Series) -> tuple[ColumnType, str] | None:
    """The type and the layout that all values keep; None where there is none, or two that differ.

    Groups of three digits alone are telephone numbers as well, so where nothing has a fraction the values must differ
    in length.

    Args:
        values: Text, at least one, that a plain cast does not read.

    >>> find_number_layout(pl.Series(["1.234,50", "7,00"]))
    (<ColumnType.FLOAT: 'float'>, '1.234,5')
    >>> find_number_layout(pl.Series(["1,234", "5,678"])) is None
    True
    """
    if not values.str.contains(_NO_CODE).all():
        return None
    fitting = [[each for each in alike if _fits(number_layout(each), values)] for alike in _LAYOUTS]
    (found,) = [alike for alike in fitting if alike] if sum(map(bool, fitting)) == 1 else ([],)
    if not found:
        return None
    marks = number_layout(found[0])
    if values.str.contains(marks.decimal, literal=True).any():
        return ColumnType.FLOAT, found[0]
    return (ColumnType.INT, found[0]) if values.str.len_chars().n_unique() > 1 else None


def _fits(marks: NumberLayout, values: pl.Series) -> bool:
    return bool(values.str.contains(marks.pattern).all())
