"""How a CSV file is laid out: its dialect, what stands before its table, and which records name the elements."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from lake_assets.formats._csv_cells import TEXT, cell_kind, common_kind, is_name
from lake_assets.formats._csv_dialect import CsvDialect
from lake_assets.formats._csv_known import KnownElements
from lake_assets.formats._csv_options import AUTO, CsvOptions
from lake_assets.formats._csv_records import CsvRecords
from lake_assets.formats._csv_sniff import choose_dialect, declared_dialect

__all__ = ["CsvLayout", "find_layout", "plain_layout"]

_LINES = 200
_PREAMBLE_RECORDS = 50
_HEADER_RECORDS = 4
_NARROWEST = 2
_FEW = 2
_SAMPLE = 60
_YEARS = range(1800, 2101)
_PLAIN_CELL = r'"?[^\W\d][^,;|\t"\r\n]*+"?'
_PLAIN_HEADERS = {mark: re.compile(f"{_PLAIN_CELL}(?:[{mark}]{_PLAIN_CELL})+") for mark in ",;|\t"}


@dataclass(frozen=True)
class CsvLayout:
    """How one file is laid out.

    Args:
        dialect: How its records are written.
        preamble: How many lines stand before its table.
        header: How many records name the elements together.
        width: How many fields most records have, as far as was looked; 0 when nobody looked.
        footer: How many lines at its end are no records.
        columns: The names of its elements, where the header does not give them.
        leading: What kind of value its records begin with.
        is_footer_open: Whether lines at its end may turn out to be no records.
    """

    dialect: CsvDialect
    preamble: int = 0
    header: int = 1
    width: int = 0
    footer: int = 0
    columns: tuple[str, ...] = ()
    leading: str = TEXT
    is_footer_open: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether Polars can read the file."""
        return self.dialect.is_plain and not self.preamble and not self.footer and self.header <= 1


@dataclass(frozen=True)
class _Record:
    line: int
    width: int
    values: list[str]

    @property
    def filled(self) -> int:
        return sum(bool(value.strip()) for value in self.values)


def find_layout(text: str, options: CsvOptions, known: KnownElements) -> CsvLayout:
    """Find out what is not declared.

    Args:
        text: The beginning of the file, or all of it; line feeds end its lines.
        options: What is declared.
        known: The elements that the mapping knows by name.
    """
    lines = text.split("\n")[:_LINES]
    dialect = choose_dialect(lines, options, known) if _is_open(options) else declared_dialect(options)
    records = _records(lines, dialect)
    width = _width(records)
    start = _start(records, width, known) if options.preamble == AUTO else 0
    preamble = options.preamble if isinstance(options.preamble, int) else records[start].line if start else 0
    rest = [record for record in records if record.line >= preamble]
    header = options.header if isinstance(options.header, int) else _header(rest, width, known)
    leading = common_kind(record.values[0] for record in rest[header:] if record.width == width)
    footer = options.footer if isinstance(options.footer, int) else 0
    is_open = options.footer == AUTO
    return CsvLayout(dialect, preamble, header, width, footer, options.columns, leading or TEXT, is_open)


def _is_open(options: CsvOptions) -> bool:
    return AUTO in {options.separator, options.quote, options.escape, options.blanks}


def plain_layout(text: str, options: CsvOptions, known: KnownElements) -> CsvLayout | None:
    """The usual layout, when the header is names between separators and the next record shows nothing else.

    One look that costs next to nothing: of ten thousand small files each pays it.
    """
    if (
        options.header not in {1, AUTO}
        or options.preamble not in {0, AUTO}
        or options.footer not in {0, AUTO}
    ):
        return None
    usual = declared_dialect(options)
    first, _, rest = text.partition("\n")
    header, second = first.removesuffix("\r"), rest.partition("\n")[0]
    marks = [mark for mark in ",;|\t" if mark in header]
    wanted = usual.separator if options.separator != AUTO else marks[0] if len(marks) == 1 else ""
    pattern = _PLAIN_HEADERS.get(wanted)
    if not usual.is_plain or pattern is None or not pattern.fullmatch(header):
        return None
    if known.names and not known.is_any_in(header.replace(usual.quote, "").split(wanted)):
        return None
    count = header.count(wanted)
    is_alike = second.count(wanted) >= count and 2 * second.count(f"{wanted} ") <= count
    if not is_alike or "'" in second or not any(map(str.isdigit, second)):
        return None
    return CsvLayout(CsvDialect(wanted, usual.quote), columns=options.columns)


def _records(lines: Sequence[str], dialect: CsvDialect) -> list[_Record]:
    """The first records, with the numbers of the lines that they begin on."""
    found: list[_Record] = []
    line = 0
    for raw, fields, _ in islice(CsvRecords(lines, dialect).following(0), _LINES):
        while not lines[line].removesuffix("\r"):
            line += 1
        found.append(_Record(line, fields, dialect.values(raw)))
        line += raw.count("\n") + 1
    return found


def _width(records: Sequence[_Record]) -> int:
    """The number of fields that most records have; of two that as many have, the greater."""
    counts = Counter(record.width for record in records if record.width > 0)
    return max(counts, key=lambda width: (counts[width], width), default=0)


def _start(records: Sequence[_Record], width: int, known: KnownElements) -> int:
    """Which record the table begins with.

    The record that holds all known elements. Else what comes before the first record with as many fields as most is a
    preamble, when it is comments and titles, or before a header pairs as well: lines that fill half of the fields at
    most. A line that looks like a damaged header is none: then the table begins at the top, and its records say what is
    wrong with them.
    """
    first = records[:_PREAMBLE_RECORDS]
    named = [number for number, record in enumerate(first) if known.are_all_in(record.values)]
    if named or width < _NARROWEST:
        return named[0] if named else 0
    start = next((number for number, record in enumerate(first) if not _is_before(record, width)), 0)
    if not start or records[start].width != width:
        return 0
    if all(map(is_name, records[start].values)) and len({*records[start].values}) == width:
        return start
    is_titles = all(record.filled <= 1 or _is_comment(record) for record in first[:start])
    return start if is_titles and _is_data(records[start], records[start + 1 :], width) else 0


def _is_before(record: _Record, width: int) -> bool:
    """Whether a record is a comment, a title or a pair rather than a record of a table of some width."""
    if record.width == width:
        return width > _NARROWEST and record.filled <= 1
    return _is_comment(record) or record.filled <= max(1, width // 2)


def _is_comment(record: _Record) -> bool:
    return record.values[0].lstrip().startswith("#")


def _header(records: Sequence[_Record], width: int, known: KnownElements) -> int:
    """How many records name the elements."""
    if not records or width < _NARROWEST or known.is_any_in(records[0].values):
        return 1
    if len(records) > _FEW and _is_data(records[0], records[1:], width):
        return 0
    count = 1
    while count < _HEADER_RECORDS and _is_further_header(records, count, width):
        count += 1
    return count


def _is_data(record: _Record, following: Sequence[_Record], width: int) -> bool:
    """Whether a record holds values like those below it, and nothing that only a header has.

    A column that holds figures throughout, its first cell too, makes it data; a name above a column of figures does not
    let it be. Years and running numbers can be either, so they prove nothing.
    """
    if record.width != width:
        return False
    alike = 0
    below = [each.values for each in following[:_SAMPLE] if each.width == width]
    for number, cell in enumerate(record.values):
        kind, common = cell_kind(cell), common_kind(values[number] for values in below)
        if kind == TEXT and common != TEXT and any(values[number].strip() for values in below):
            return False
        is_figure = (
            kind not in {"", TEXT} and common_kind([cell, *(values[number] for values in below)]) == common
        )
        if kind and common != TEXT and not is_figure and {kind, common} & {"date", "time"}:
            return False
        alike += is_figure and common != TEXT and (kind != "int" or not _can_be_names(record))
    return alike > 0


def _can_be_names(record: _Record) -> bool:
    """Whether whole numbers of a record are years, or run on."""
    found = [int(cell) for cell in map(str.strip, record.values) if cell_kind(cell) == "int"]
    is_run = len(found) > 1 and all(later - earlier == 1 for earlier, later in pairwise(found))
    return is_run or all(number in _YEARS for number in found)


def _is_further_header(records: Sequence[_Record], count: int, width: int) -> bool:
    """Whether a record has different words above columns of figures, and figures in none of them."""
    if len(records) <= count or records[count].width != width:
        return False
    record = records[count]
    below = [each.values for each in records[count + 1 :][:_SAMPLE] if each.width == width]
    if len(below) < _FEW or record.values == records[count - 1].values:
        return False
    figures = [
        number for number in range(width) if common_kind(row[number] for row in below) not in {"", TEXT}
    ]
    words = {record.values[number].strip() for number in figures} - {""}
    return len(words) > 1 and all(map(is_name, words))
