"""What commands print: tables that fit a terminal, plain lines elsewhere, JSON for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

__all__ = [
    "cell_text",
    "console",
    "path_text",
    "print_json",
    "print_table",
    "time_text",
]

_PLAIN_WIDTH = 10_000
"""Outside a terminal no line is folded or cut, so that it can be searched."""

_CELL_WIDTH = 60


def console(*, stderr: bool = False) -> Console:
    """A console on standard output, or on standard error; colours and a width only in a terminal."""
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else _PLAIN_WIDTH
    return Console(file=stream, width=width, markup=False, highlight=False, emoji=False)


def print_table(target: Console, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows under a header.

    Args:
        target: Where to.
        columns: Names; those that start with `#` are numbers and stand to the right.
        rows: Cells in the order of the columns.
    """
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for name in columns:
        table.add_column(
            name.removeprefix("#"), justify="right" if name.startswith("#") else "left", overflow="fold"
        )
    for row in rows:
        table.add_row(*row)
    _print_unpadded(target, table)


def _print_unpadded(target: Console, table: object) -> None:
    with target.capture() as captured:
        target.print(table)
    lines = [line.rstrip() for line in captured.get().splitlines()]
    target.file.write("\n".join([*lines, ""]))


def print_json(document: object) -> None:
    """Print one JSON document; times as ISO 8601, whatever else JSON does not know as text."""
    print(json.dumps(document, default=_plain, ensure_ascii=False, indent=2))  # noqa: T201 - this is what prints


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def cell_text(value: object) -> str:
    r"""A value of a table for people, on one line and cut after 60 letters.

    >>> cell_text(None), cell_text(2.5), cell_text("a\nb")
    ('null', '2.5', 'a b')
    """
    text = "null" if value is None else " ".join(str(value).splitlines())
    return text if len(text) <= _CELL_WIDTH else f"{text[: _CELL_WIDTH - 1]}…"


def path_text(path: Path) -> str:
    """A path for people: from the working directory on where it is below it."""
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


def time_text(at: datetime | None) -> str:
    """A moment for people, in UTC to the second.

    >>> time_text(None)
    '-'
    """
    return f"{at:%Y-%m-%d %H:%M:%S}Z" if at else "-"
