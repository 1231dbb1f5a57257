"""Samples read as a format would read them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import reduce

import polars as pl

from lake_assets.errors import DecodeError
from lake_assets.formats import ROW, FileBytes, open_format
from lake_assets.inference.sample import Sample
from lake_assets.inference.target import Target
from lake_assets.model import Options
from lake_assets.zones.inference import SAMPLE_ROWS
from lake_assets.zones.opened import UNREADABLE, as_decode_error

__all__ = ["Reading", "read_samples", "try_to_read", "why_unread"]


@dataclass(frozen=True)
class Reading:
    """What came out of samples.

    Args:
        kind: The format.
        options: Its options.
        frame: The elements of the first rows.
        bad: How many records did not parse.
        files: How many files were read.
        is_whole: Whether the frame holds all records of these files.
        decision: How the format says that it read the first file.
    """

    kind: str
    options: Options
    frame: pl.DataFrame
    bad: int = 0
    files: int = 1
    is_whole: bool = False
    decision: dict[str, object] = field(default_factory=dict)

    @property
    def goodness(self) -> float:
        """The share of records that parse."""
        return self.frame.height / (self.frame.height + self.bad) if self.bad else 1.0


def try_to_read(target: Target, sample: Sample, kind: str, options: Options | None = None) -> Reading | None:
    """Read a sample in a format; None when it is not of the format."""
    reader = open_format(target.dataset(kind, options))
    try:
        decoded = reader.decode(sample.file, sample.location, {}, is_careful=True)
        frame = decoded.frame.drop(ROW).head(SAMPLE_ROWS + 1).collect()
    except UNREADABLE:
        return None
    is_whole = not sample.is_cut and frame.height <= SAMPLE_ROWS
    bad = len(decoded.bad_records)
    return Reading(
        kind, options or {}, frame.head(SAMPLE_ROWS), bad, 1, is_whole=is_whole, decision=decoded.decision
    )


def why_unread(target: Target, sample: Sample, kind: str) -> DecodeError:
    """Why a sample is of no use in a format: it cannot be read, or too little comes out of it."""
    place = FileBytes(sample.file, sample.location).place
    reader = open_format(target.dataset(kind))
    try:
        decoded = reader.decode(sample.file, sample.location, {}, is_careful=True)
        height = decoded.frame.drop(ROW).head(SAMPLE_ROWS).collect().height
    except UNREADABLE as error:
        return as_decode_error(sample.file, error)
    bad = len(decoded.bad_records)
    what = (
        f"{bad:,} of {bad + height:,} records do not parse as {kind}" if bad else "the file holds no record"
    )
    return DecodeError(what, place=place, mend="point at a file that holds what the others will hold")


def read_samples(target: Target, samples: Sequence[Sample], first: Reading) -> Reading:
    """Read all samples as the first was read; those that cannot be read so are left out.

    Args:
        target: Where they are from.
        samples: All of them.
        first: What came out of the first.
    """
    others = [try_to_read(target, each, first.kind, first.options) for each in samples[1:]]
    readings = [first, *(each for each in others if each is not None)]
    return Reading(
        first.kind,
        first.options,
        reduce(_below, [each.frame for each in readings]),
        sum(each.bad for each in readings),
        len(readings),
        is_whole=all(each.is_whole for each in readings) and len(readings) == len(samples),
        decision=first.decision,
    )


def _below(above: pl.DataFrame, below: pl.DataFrame) -> pl.DataFrame:
    """One frame of two whose elements may differ; those that differ in type become text, as in the formatted zone."""
    try:
        return pl.concat([above, below], how="diagonal_relaxed")
    except pl.exceptions.PolarsError:
        differ = [name for name, kind in above.schema.items() if below.schema.get(name, kind) != kind]
        return pl.concat([_as_text(above, differ), _as_text(below, differ)], how="diagonal")


def _as_text(frame: pl.DataFrame, names: Sequence[str]) -> pl.DataFrame:
    texts = [
        pl.struct(name).struct.json_encode().alias(name)
        if frame.schema[name].is_nested()
        else pl.col(name).cast(pl.String)
        for name in names
    ]
    return frame.with_columns(texts)
