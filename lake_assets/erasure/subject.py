"""Who is to be erased: a value, the personal columns it may stand in, and the texts it is written as."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from lake_assets.declarations import Declarations
from lake_assets.errors import DeclarationError, near_names
from lake_assets.model import Dataset

__all__ = ["Subject", "is_said", "subject_of"]


@dataclass(frozen=True)
class Subject:
    """A person, by a value of a personal column.

    Args:
        value: The value, without blanks around it.
        columns: Of each dataset by name, the columns that it may stand in.
    """

    value: str
    columns: dict[str, tuple[str, ...]]


def subject_of(declarations: Declarations, value: str, column: str = "") -> Subject:
    """Who a value means.

    Args:
        declarations: Of the lake.
        value: As it stands in the data; case and blanks around it do not matter.
        column: A personal column, `column` or `dataset.column`; every personal column when empty.

    Raises:
        DeclarationError: When the value is empty, or no personal column has that name.
    """
    wanted = value.strip()
    if not wanted:
        raise DeclarationError("no value is given", mend="name whom to erase, as it stands in the data")
    chosen = {
        dataset.name: names
        for dataset in declarations.datasets
        if (
            names := tuple(
                name for name in _personal(dataset) if column in {"", name, f"{dataset.name}.{name}"}
            )
        )
    }
    if not chosen:
        known = [f"{dataset.name}.{name}" for dataset in declarations.datasets for name in _personal(dataset)]
        what = f"no personal column is named {column!r}" if column else "no column is declared personal"
        mend = f"declare `personal: true` on the column that tells persons apart; {near_names(column, known)}"
        raise DeclarationError(what, mend=mend)
    return Subject(wanted, chosen)


def _personal(dataset: Dataset) -> Iterator[str]:
    return (column.name for column in dataset.mapping.columns if column.is_personal)


def is_said(names: Sequence[str], schema: pl.Schema, values: Sequence[str]) -> pl.Expr:
    """Whether a row says one of some values in one of some columns, whatever the case and blanks around it.

    Args:
        names: The columns; those that the schema lacks are passed over. Of one that nests, any text in it may say it.
        schema: Of the rows.
        values: The values.
    """
    wanted = [value.strip().lower() for value in values]
    said = [_says(pl.col(name), schema[name], wanted) for name in names if name in schema]
    return pl.any_horizontal(pl.lit(value=False), *said).fill_null(value=False)


def _says(cell: pl.Expr, kind: object, wanted: Sequence[str]) -> pl.Expr:
    if isinstance(kind, pl.List):
        return cell.list.eval(_says(pl.element(), kind.inner, wanted)).list.any()
    if isinstance(kind, pl.Struct):
        return pl.any_horizontal(
            pl.lit(value=False),
            *(_says(cell.struct.field(each.name), each.dtype, wanted) for each in kind.fields),
        )
    return cell.cast(pl.String, strict=False).str.strip_chars().str.to_lowercase().is_in(wanted)
