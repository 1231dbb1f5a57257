"""One record of a landed file as the text that stands there, where that can be told for certain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from lake_assets.errors import LakeError
from lake_assets.formats._file_bytes import FileBytes
from lake_assets.formats._text_lines import LINE, TextLines
from lake_assets.formats.protocol import ROW
from lake_assets.model import LandedFile

__all__ = ["quoted_record"]

_TEXTUAL = {"csv", "fixed_width", "json", "kafka", "lines", "weblog"}


def quoted_record(
    kind: str,
    file: LandedFile,
    location: str,
    storage_options: dict[str, str],
    row: int,
    values: Sequence[str],
    decision: Mapping[str, object],
) -> str:
    """The line that a record was read from.

    It is looked for where records of one line each stand, and taken only when it holds every value of the record in
    order: a record over several lines, or one below something left out, has no line of its own.

    Args:
        kind: The format.
        file: The file.
        location: Its full path or URI.
        storage_options: Access to it, when it is not on this machine.
        row: The number of the record, from 1.
        values: What it says, each as text, in order.
        decision: How the file was read; see `Decoded.decision`.

    Returns:
        The line; empty where none can be told.
    """
    if kind not in _TEXTUAL or "member" in decision:
        return ""
    number = row + _above(kind, decision)
    try:
        line = _line(FileBytes(file, location, storage_options), number)
    except LakeError:
        return ""
    return line if _holds(line, values) else ""


def _above(kind: str, decision: Mapping[str, object]) -> int:
    """How many lines stand above the first record."""
    counts = (decision.get("preamble", 0), decision.get("header", 1)) if kind == "csv" else ()
    return sum(count for count in counts if isinstance(count, int))


def _line(data: FileBytes, number: int) -> str:
    for block in TextLines(data).blocks():
        found = block.filter(pl.col(ROW) == number)
        if found.height:
            return str(found[LINE].item())
    return ""


def _holds(line: str, values: Sequence[str]) -> bool:
    """Whether each value stands in the line, after the one before it."""
    place = 0
    for value in values:
        found = line.find(value, place)
        if found < 0:
            return False
        place = found + len(value)
    return bool(line)
