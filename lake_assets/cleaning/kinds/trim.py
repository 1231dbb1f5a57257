"""`trim`: text without white space around it, and written in one way."""

from __future__ import annotations

import polars as pl

from lake_assets.cleaning.given import Given
from lake_assets.cleaning.kind import Cell, CellKind, Settings

__all__ = ["Trim"]

_SUSPECT = r"[^ -~]|^ | $|  |^$"
"""What a text must have in it so that trimming might change it: most have nothing of the kind."""


_SAMPLE, _FEW = 1_024, 16
"""Texts repeat when of so many less than one in so many is different."""


class Trim(CellKind):
    """White space at both ends goes, inside it becomes one space; letters are composed (Unicode's NFC).

    A text of which nothing is left becomes null, as an empty cell does in the formatted zone.

    Source: Unicode Standard Annex 15, normalization forms.
    """

    name = "trim"
    summary = "no white space at the ends, single spaces inside, Unicode in its composed form (NFC)"
    example = "trim: [name, city], or trim: '*' for every column of text"
    takes_every_text = True

    def read(self, given: Given) -> Settings:
        """Have no options."""
        del given
        return {}

    def becomes(self, cell: Cell) -> pl.DataType:
        """Text."""
        return cell.must_be_text()

    def cleaned(self, cell: Cell) -> pl.Expr:
        """Trim the texts that need it."""
        return cell.value.map_batches(_trimmed, return_dtype=pl.String(), is_elementwise=True)

    def sentence(self, column: str, settings: Settings) -> str:
        """Say what goes."""
        del settings
        return f"{column} without needless white space, in Unicode's composed form"


def _trimmed(text: pl.Series) -> pl.Series:
    """Trim; texts that are trimmed already are not touched, and of texts that repeat each is looked at once.

    >>> _trimmed(pl.Series([" New\u00a0 York", "Lima", "  ", None])).to_list()
    ['New York', 'Lima', None, None]
    """
    if not _repeats(text):
        return _trimmed_each(text)
    different = text.unique()
    clean = _trimmed_each(different)
    if clean is different:
        return text
    is_other = different.ne_missing(clean)
    return text.replace(different.filter(is_other), clean.filter(is_other))


def _repeats(text: pl.Series) -> bool:
    """Whether there are few different texts, as the first ones tell: to find them costs less than to look at all."""
    sample = text.head(_SAMPLE)
    return text.len() > _SAMPLE and sample.n_unique() * _FEW < _SAMPLE


def _trimmed_each(text: pl.Series) -> pl.Series:
    places = text.str.contains(_SUSPECT).arg_true()
    if not places.len():
        return text
    clean = text.gather(places).str.normalize("NFC").str.replace_all(r"\s+", " ").str.strip_chars(" ")
    return text.clone().scatter(places, pl.select(pl.when(clean != "").then(clean)).to_series())
