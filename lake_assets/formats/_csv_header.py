"""The elements of a CSV file."""

from __future__ import annotations

from dataclasses import dataclass

from lake_assets.errors import DecodeError
from lake_assets.formats._csv_dialect import UNCLOSED, CsvDialect
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
    """

    names: tuple[str, ...]
    written: tuple[str, ...]

    @property
    def renamed(self) -> dict[str, object]:
        """Names that had to change, from number of the element to its new name; for the record."""
        pairs = zip(self.names, self.written, strict=True)
        changed = {
            str(number): name for number, (name, written) in enumerate(pairs, start=1) if name != written
        }
        return {"renamed": changed} if changed else {}


def element_names(
    columns: tuple[str, ...], records: CsvRecords, dialect: CsvDialect, place: str
) -> CsvHeader:
    """Name the elements of a file.

    Args:
        columns: The declared names, for a file without a header.
        records: Of the file, from its start; the header is taken from it unless names are declared.
        dialect: How fields are written.
        place: The file, for errors.

    Raises:
        DecodeError: When the file has no header that could be one.
    """
    written = columns or _written(records, dialect, place)
    if ROW in written:
        mend = f"let the source give it another name, or declare header: false and columns; {ROW} is the lake's own"
        raise DecodeError(f"an element is named {ROW!r}", place=place, mend=mend)
    return CsvHeader(distinct_names(written), written)


def _written(records: CsvRecords, dialect: CsvDialect, place: str) -> tuple[str, ...]:
    found = records.header()
    mend = "declare header: false and columns, or let the source send the file again with a header"
    if found is None:
        raise DecodeError("the file holds no record and no header", place=place, mend=mend)
    text, fields, _ = found
    if fields == UNCLOSED:
        raise DecodeError("the header has an unclosed quote", place=place, mend=mend)
    if UNDECODABLE.search(text):
        raise DecodeError("the header is no text", place=place, mend="declare the encoding of the file")
    names = dialect.values(text)
    if not any(name.strip() for name in names):
        raise DecodeError(f"the header names none of its {fields} elements", place=place, mend=mend)
    return tuple(names)
