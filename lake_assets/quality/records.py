"""A row as JSON text, whole and in its raw values."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import groupby
from typing import cast

import polars as pl

from lake_assets.model import PROVENANCE

__all__ = ["record_text"]


def record_text(schema: pl.Schema) -> pl.Expr:
    """All columns of a row as one JSON object, but for its provenance.

    Dates and times are ISO 8601, bytes base64. A float that is no number, which JSON cannot write, is the
    text `NaN`, `inf` or `-inf`; inside a nested column it is null.

    Args:
        schema: Of the rows.

    >>> rows = pl.DataFrame({"_file": [1], "_row": [1], "paid": [float("nan")], "day": [None], "to": [["a"]]})
    >>> rows.select(record_text(rows.schema)).item()
    '{"paid":"NaN","day":null,"to":["a"]}'
    """
    columns = [(name, kind) for name, kind in schema.items() if name not in PROVENANCE]
    members = [
        member
        for is_float, run in groupby(columns, key=lambda column: column[1].is_float())
        for member in (map(_float_member, run) if is_float else [_members(run)])
    ]
    return pl.concat_str([pl.lit("{"), pl.concat_str(members or [pl.lit("")], separator=","), pl.lit("}")])


def _members(columns: Iterable[tuple[str, pl.DataType]]) -> pl.Expr:
    """`"name":value` of each column, cut out of an object that has no others."""
    plain = [_plain(pl.col(name), kind).alias(name) for name, kind in columns]
    return pl.struct(plain).struct.json_encode().str.slice(1).str.head(-1)


def _float_member(column: tuple[str, pl.DataType]) -> pl.Expr:
    name, value = column[0], pl.col(column[0])
    as_text = pl.format('{}:"{}"', pl.lit(json.dumps(name, ensure_ascii=False)), value.cast(pl.String))
    return pl.when(value.is_finite() | value.is_null()).then(_members([column])).otherwise(as_text)


def _plain(value: pl.Expr, kind: pl.DataType) -> pl.Expr:
    """A value in types that JSON can write, at every depth."""
    if isinstance(kind, pl.Datetime):
        return value.dt.to_string("iso:strict")
    if isinstance(kind, pl.Binary):
        return value.bin.encode("base64")
    if isinstance(kind, pl.List):
        return value.list.eval(_plain(pl.element(), cast("pl.DataType", kind.inner)))
    if isinstance(kind, pl.Struct):
        fields = pl.Schema(kind).items()
        plain = [_plain(value.struct.field(name), inner).alias(name) for name, inner in fields]
        return pl.when(value.is_not_null()).then(pl.struct(plain))
    return value
