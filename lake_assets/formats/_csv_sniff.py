"""Which dialect a CSV file is written in, where that is not declared."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice, product

from lake_assets.formats._csv_cells import TEXT, cell_kind
from lake_assets.formats._csv_dialect import CsvDialect
from lake_assets.formats._csv_known import KnownElements
from lake_assets.formats._csv_odd_dialect import CsvOddDialect
from lake_assets.formats._csv_options import AUTO, CsvOptions
from lake_assets.formats._csv_records import CsvRecords

__all__ = ["choose_dialect", "declared_dialect"]

_SEPARATORS = (",", ";", "\t", "|", "^", "~", "\x1f", " ")
_RECORDS = 100
_LEAST_SHARE = 0.6
_LIKELY = 0.01
_FIELDS_BETWEEN_BLANKS = 3
_ODD_CELL = re.compile(r"""[;\t|\x1f]|,(?! )|^\s|^(['"]).*\1$|\\["']|^["']""", re.DOTALL)


def declared_dialect(options: CsvOptions) -> CsvDialect:
    """The dialect as declared, the usual one for what is not."""
    separator = "," if options.separator == AUTO else options.separator
    quote = '"' if options.quote == AUTO else options.quote
    escape = "" if options.escape == AUTO else options.escape
    return _dialect(separator, quote, escape, skips_blanks=options.blanks == "skipped")


def choose_dialect(lines: Sequence[str], options: CsvOptions, known: KnownElements) -> CsvDialect:
    """Find the dialect in which most records have the same number of fields, and their cells look like values.

    The usual dialect stands where no other explains the file better. A separator that most of the records do not
    bear out is none; blanks separate only numbers, dates and the like, since words of a text stand between blanks too.

    Args:
        lines: The first of the file.
        options: What is declared is not looked for.
        known: The elements that the mapping knows: a dialect that finds them is the one.

    Source: the measure of G. van den Burg, A. Nazabal, C. Sutton, Wrangling messy CSV files by detecting row and type
        patterns (2019), in a shorter form.
    """
    usual = declared_dialect(options)
    others = [dialect for dialect in _candidates(lines, options) if dialect != usual]
    best, most = usual, (_score(lines, usual, known) if others else 0.0) + _LIKELY
    for dialect in others:
        score = _score(lines, dialect, known)
        if score > most:
            best, most = dialect, score + _LIKELY
    return best


def _candidates(lines: Sequence[str], options: CsvOptions) -> Iterator[CsvDialect]:
    text = "\n".join(lines)
    separators = (
        [mark for mark in _SEPARATORS if mark in text] if options.separator == AUTO else [options.separator]
    )
    quotes = ['"', "'"] if options.quote == AUTO else [options.quote]
    if options.quote == AUTO and ("'" not in text or re.search(r'(?m)^"|[,;\t|]"', text)):
        quotes = ['"']
    escapes = (
        ["", *(["\\"] if re.search(r"""\\["']""", text) else [])]
        if options.escape == AUTO
        else [options.escape]
    )
    for separator, quote, escape in product(separators, quotes, escapes):
        if separator != quote:
            skips = options.blanks == "skipped" or (
                options.blanks == AUTO and _are_padded(lines, separator, quote)
            )
            yield _dialect(separator, quote, escape, skips_blanks=skips)


def _dialect(separator: str, quote: str, escape: str, *, skips_blanks: bool) -> CsvDialect:
    escape = "" if escape == quote else escape
    is_odd = escape or skips_blanks or len(separator) > 1
    return CsvOddDialect(separator, quote, escape, skips_blanks) if is_odd else CsvDialect(separator, quote)


def _are_padded(lines: Sequence[str], separator: str, quote: str) -> bool:
    """Whether blanks follow nearly all separators that stand outside quotes."""
    if separator.isspace():
        return False
    quoted = re.compile(f"{re.escape(quote)}[^{re.escape(quote)}]*{re.escape(quote)}") if quote else None
    bare = [quoted.sub("", line) if quoted else line for line in lines]
    all_of_them = sum(line.rstrip(f"\r{separator}").count(separator) for line in bare)
    padded = sum(line.count(f"{separator} ") for line in bare)
    return padded > 0 and padded >= 0.8 * all_of_them


def _score(lines: Sequence[str], dialect: CsvDialect, known: KnownElements) -> float:
    records = list(islice(CsvRecords(lines, dialect).following(0), _RECORDS))
    widths = Counter(fields for _, fields, _ in records if fields > 1)
    if not widths:
        return 0.0
    width, count = widths.most_common(1)[0]
    share = count / len(records)
    if any(known.are_all_in(dialect.values(raw)) for raw, _, _ in records[:20]):
        return 10 + share
    rows = [dialect.values(raw) for raw, fields, _ in records if fields == width][:30]
    if share < _LEAST_SHARE or (dialect.separator == " " and not _is_of_figures(rows)):
        return 0.0
    cells = [cell for row in rows for cell in row]
    likely = sum(1 for cell in cells if cell_kind(cell) != TEXT or not _ODD_CELL.search(cell))
    return share * (1 - 1 / width) * likely / len(cells)


def _is_of_figures(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a third of the cells, at least, are numbers, dates or times."""
    kinds = [cell_kind(cell) for row in rows[1:] for cell in row]
    figures = sum(kind not in {"", TEXT} for kind in kinds)
    return bool(kinds) and len(rows[0]) >= _FIELDS_BETWEEN_BLANKS and 3 * figures >= len(kinds)
