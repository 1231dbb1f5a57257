"""`pseudonymise`: a keyed hash in the place of the values of personal columns."""

from __future__ import annotations

import re
from collections.abc import Mapping

import polars as pl

from lake_assets.cleaning.given import Given
from lake_assets.cleaning.keys import key_id, pseudonym, read_key
from lake_assets.cleaning.kind import Cell, HidingKind, Settings

__all__ = ["Pseudonymise"]

_DEFAULT = "LAKE_PSEUDONYM_KEY"
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class Pseudonymise(HidingKind):
    """A keyed hash (BLAKE2b): the same value is the same pseudonym in every table that uses the key, so joins hold.

    Whoever has the key can find out whether a given person is meant: pseudonyms are personal data still.
    """

    name = "pseudonymise"
    summary = "a keyed hash takes the place of the value"
    example = "pseudonymise: [passenger], or pseudonymise: {passenger: {key_env: LAKE_PSEUDONYM_KEY}}"
    options = ("key_env",)

    def of_column(self, value: object) -> Mapping[str, object] | None:
        """Take the name of the variable."""
        return {"key_env": value} if isinstance(value, str) else super().of_column(value)

    def read(self, given: Given) -> Settings:
        """Check the name of the variable; whether it is set is asked when it is used."""
        name = given.text("key_env", _DEFAULT)
        if not _VARIABLE.fullmatch(name):
            raise given.refusal("key_env is the name of an environment variable, not the key")
        return {"key_env": name}

    def becomes(self, cell: Cell) -> pl.DataType:
        """Text."""
        if cell.found.is_nested():
            raise cell.refusal("which has no value of its own", f"leave {cell.column} out, or mask it")
        return pl.String()

    def cleaned(self, cell: Cell) -> pl.Expr:
        """Hash each different value of a block once."""
        key = _key(cell)
        return _as_text(cell).map_batches(
            lambda texts: _pseudonyms(texts, key), return_dtype=pl.String(), is_elementwise=True
        )

    def hidden(self, text: str, cell: Cell) -> str:
        """The pseudonym of the text."""
        return pseudonym(text, _key(cell))

    def key_id(self, cell: Cell) -> str:
        """Which key is used; see `lake_assets.cleaning.keys.key_id`."""
        return key_id(str(cell.settings["key_env"]), _key(cell))

    def sentence(self, column: str, settings: Settings) -> str:
        """Say the name of the key."""
        return f"{column} as a pseudonym, by the key in {settings['key_env']}"


def _key(cell: Cell) -> bytes:
    return read_key(str(cell.settings["key_env"]), cell.place)


def _as_text(cell: Cell) -> pl.Expr:
    return cell.value.dt.to_string("iso") if cell.found.is_temporal() else cell.value.cast(pl.String)


def _pseudonyms(texts: pl.Series, key: bytes) -> pl.Series:
    different = texts.drop_nulls().unique()
    made = pl.Series([pseudonym(text, key) for text in different], dtype=pl.String)
    return texts.replace(different, made)
