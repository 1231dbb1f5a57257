"""What stands below the table of a CSV file: sources, notes and sums, which are no records."""

from __future__ import annotations

from collections.abc import Sequence

from lake_assets.formats._csv_cells import TEXT, cell_kind
from lake_assets.formats._csv_dialect import CsvDialect

__all__ = ["FOOTER_LINES", "is_footer"]

FOOTER_LINES = 20
"""More lines than these are no footer but another table, or a fault of the file."""

_MARKS = ("#", "*", "--", "//", "©", "(c)")


def is_footer(texts: Sequence[str], lines: Sequence[str], dialect: CsvDialect, leading: str) -> bool:
    """Whether the records that end a file, all of them with too few fields, are a footer.

    A record that was cut short looks the same, so there must be a sign: the one empty line of the file stands before
    them, a mark that begins a note, or words where every record begins with a figure or a date.

    Args:
        texts: The records after the last good one.
        lines: The last lines of the file, `FOOTER_LINES` more than there are records at least, if it has so many.
        dialect: How the records are written.
        leading: What kind of value the records of the table begin with.

    >>> [is_footer([text], ["2024-01-02,7", text], CsvDialect(",", '"'), "date") for text in ("Source: city", "2024-")]
    [True, False]
    """
    if not 0 < len(texts) <= FOOTER_LINES or any("\n" in text for text in texts):
        return False
    first = [dialect.values(text)[0].strip() for text in texts]
    is_apart = _stand_apart(len(texts), [line.strip() for line in lines])
    return all(
        cell.lower().startswith(_MARKS)
        or (leading != TEXT and _are_words(cell))
        or (is_apart and (leading == TEXT or cell_kind(cell) != leading) and not cell[:1].isdigit())
        for cell in first
    )


def _stand_apart(count: int, lines: Sequence[str]) -> bool:
    """Whether so many lines at the end stand after empty ones, and no empty line is above those."""
    filled = [number for number, line in enumerate(lines) if line]
    if len(filled) <= count:
        return False
    first, above = filled[-count], filled[-count - 1]
    return first - above > 1 and all(lines[: above + 1])


def _are_words(cell: str) -> bool:
    return cell_kind(cell) == TEXT and not cell[:1].isdigit()
