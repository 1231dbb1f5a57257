"""A row as JSON text, whole and in its raw values."""

from __future__ import annotations

import json
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
    members = [_member(name, kind) for name, kind in schema.items() if name not in PROVENANCE]
    return pl.concat_str([pl.lit("{"), pl.concat_str(members or [pl.lit("")], separator=","), pl.lit("}")])


def _member(name: str, kind: pl.DataType) -> pl.Expr:
    """`"name":value`, cut out of the object that has no other member."""
    value = pl.col(name)
    encoded = pl.struct(_plain(value, kind).alias(name)).struct.json_encode().str.slice(1).str.head(-1)
    if not kind.is_float():
        return encoded
    as_text = pl.format('{}:"{}"', pl.lit(json.dumps(name, ensure_ascii=False)), value.cast(pl.String))
    return pl.when(value.is_finite() | value.is_null()).then(encoded).otherwise(as_text)


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
