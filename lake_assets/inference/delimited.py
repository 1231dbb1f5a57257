"""How delimited text is written: the separator under which its records fit, and whether it has a header."""

from __future__ import annotations

import polars as pl

from lake_assets.inference.reading import Reading, try_to_read
from lake_assets.inference.sample import Sample, beginning
from lake_assets.inference.target import Target
from lake_assets.model import ColumnType, Options
from lake_assets.zones.inference import infer_column

__all__ = ["read_delimited"]

_SEPARATORS = (",", ";", "\t", "|", ":", " ")
_DIALECT_BYTES = 64 << 10
_GOOD = 0.9
_YEARS = range(1800, 2200)
_TYPED = {ColumnType.INT, ColumnType.FLOAT, ColumnType.DATE, ColumnType.DATETIME}


def read_delimited(target: Target, sample: Sample) -> Reading | None:
    """Read a file as delimited text.

    Args:
        target: Where it is from.
        sample: Its beginning.

    Returns:
        None when it is no text. One element where no separator divides its lines into records.
    """
    options = _dialect(target, sample)
    found = try_to_read(target, sample, "csv", options)
    if found is None:
        return None
    if _has_header(found.frame):
        return found
    names = [f"column_{number}" for number in range(1, found.frame.width + 1)]
    return try_to_read(target, sample, "csv", {**options, "header": False, "columns": names})


def _dialect(target: Target, sample: Sample) -> Options:
    head = beginning(sample, _DIALECT_BYTES)
    trials = [each for separator in _SEPARATORS if (each := _trial(target, head, separator))]
    fitting = [each for each in trials if each.goodness >= _GOOD and each.frame.width > 1]
    best = max(fitting or trials, key=_rank, default=None)
    return best.options if best else {}


def _trial(target: Target, head: Sample, separator: str) -> Reading | None:
    quotes = ('"', "'")
    trials = [try_to_read(target, head, "csv", _options(separator, quote)) for quote in quotes]
    usual, other = trials
    # A single quote is an apostrophe more often than not.
    if usual and other and _is_quoted(usual.frame) and other.goodness >= usual.goodness:
        return other
    return usual


def _options(separator: str, quote: str) -> Options:
    chosen = {"separator": (separator, ","), "quote": (quote, '"')}
    return {name: value for name, (value, usual) in chosen.items() if value != usual}


def _is_quoted(frame: pl.DataFrame) -> bool:
    """Whether values stand between single quotes."""
    first = [value for row in frame.head(1).iter_rows() for value in row if isinstance(value, str)]
    return any(len(value) > 1 and value[0] == value[-1] == "'" for value in first)


def _rank(trial: Reading) -> tuple[float, int, int]:
    separator = str(trial.options.get("separator", ","))
    return round(trial.goodness, 2), trial.frame.width, -_SEPARATORS.index(separator)


def _has_header(frame: pl.DataFrame) -> bool:
    """Whether the first record names the elements: not when it reads like the records below it.

    Where all is text nothing tells, and files mostly have a header.
    """
    typed = [(name, column) for name, column in frame.to_dict().items() if _kind(column) in _TYPED]
    if not typed or not frame.height:
        return True
    alike = [_kind(pl.Series([name])) in _TYPED for name, _ in typed]
    return not all(alike) or (all(_is_year(name) for name, _ in typed) and not _holds_years(frame))


def _kind(values: pl.Series) -> ColumnType:
    return infer_column("", values, set()).kind


def _is_year(name: str) -> bool:
    return name.isdigit() and int(name) in _YEARS


def _holds_years(frame: pl.DataFrame) -> bool:
    return all(_is_year(str(value)) for row in frame.head(1).iter_rows() for value in row if value)
