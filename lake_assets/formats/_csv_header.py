"""The header of a CSV file: what its elements are called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lake_assets.errors import DecodeError
from lake_assets.formats._csv_cells import is_name
from lake_assets.formats._csv_dialect import UNCLOSED, CsvDialect
from lake_assets.formats._csv_layout import CsvLayout
from lake_assets.formats._csv_records import CsvRecords
from lake_assets.formats._names import distinct_names
from lake_assets.formats._text import UNDECODABLE
from lake_assets.formats.protocol import ROW

__all__ = ["CsvHeader", "element_names"]


@dataclass(frozen=True)
class CsvHeader:
    """The names of elements, all different, none empty.

    Args:
        names: In the order of the file.
        written: As the file has them.
        rows: What its records hold.
    """

    names: tuple[str, ...]
    written: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def renamed(self) -> dict[str, object]:
        """Names that had to change, from number of the element to its new name; for the record."""
        pairs = zip(self.names, self.written, strict=True)
        changed = {
            str(number): name for number, (name, written) in enumerate(pairs, start=1) if name != written
        }
        return {"renamed": changed} if changed else {}

    def beginnings(self, dialect: CsvDialect) -> tuple[str, ...]:
        """What a record begins with that may be the header again; none where one element could be called anything."""
        named = [row[0] for row in self.rows if len(self.names) > 1 and any(map(is_name, row))]
        return (*named, *(f"{dialect.quote}{name}" for name in named if dialect.quote))


def element_names(layout: CsvLayout, records: CsvRecords, place: str) -> CsvHeader:
    """Name the elements of a file.

    Args:
        layout: How the file is laid out.
        records: Of the file, from the start of its table; the header is taken from it.
        place: The file, for errors.

    Raises:
        DecodeError: When the file has no header that could be one.
    """
    rows = [_header_record(layout, records, place) for _ in range(layout.header)]
    written = layout.columns or _fitted(_joined(rows), layout.width)
    if not any(name.strip() for name in written) and rows:
        mend = "declare header: false, or columns, or let the source send the file again with a header"
        raise DecodeError(f"the header names none of its {len(written)} elements", place=place, mend=mend)
    if ROW in written:
        mend = f"let the source give it another name, or declare columns; {ROW} is the lake's own"
        raise DecodeError(f"an element is named {ROW!r}", place=place, mend=mend)
    return CsvHeader(distinct_names(written), written, tuple(map(tuple, rows)))


def _header_record(layout: CsvLayout, records: CsvRecords, place: str) -> list[str]:
    found = records.header()
    mend = "declare header: false and columns, or let the source send the file again with a header"
    if found is None:
        raise DecodeError("the file holds no record and no header", place=place, mend=mend)
    text, fields, _ = found
    values = layout.dialect.values(text)
    # A stray quote is a character of its name where so read the header is as wide as the records are.
    if fields == UNCLOSED and not layout.columns and len(values) != layout.width:
        raise DecodeError("the header has an unclosed quote", place=place, mend=mend)
    if UNDECODABLE.search(text) and not layout.columns:
        raise DecodeError("the header is no text", place=place, mend="declare the encoding of the file")
    return values


def _joined(rows: Sequence[list[str]]) -> tuple[str, ...]:
    """The words above each column; but in the last row, a word goes for the columns after it too."""
    if len(rows) <= 1:
        return tuple(rows[0]) if rows else ()
    spread = [*map(_spread, rows[:-1]), rows[-1]]
    columns = max(map(len, rows))
    words = [[row[number].strip() for row in spread if number < len(row)] for number in range(columns)]
    return tuple(" ".join(filter(None, each)) for each in words)


def _spread(row: list[str]) -> list[str]:
    found: list[str] = []
    for cell in row:
        found.append(cell if cell.strip() or not found else found[-1])
    return found


def _fitted(names: tuple[str, ...], width: int) -> tuple[str, ...]:
    """Names for as many elements as the records have, where that is plain.

    Without a header none has a name. Empty names too many are separators too many. Where the header is otherwise not as
    wide as the records, which name is whose is not known, so it stays as it is and the records are bad.
    """
    if not names:
        return ("",) * max(width, 1)
    filled = tuple(name for name in names if name.strip())
    return filled if width and len(filled) == width < len(names) else names
