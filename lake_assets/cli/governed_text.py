"""An artefact of governance, printed for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from lake_assets.cli.output import cell_text, console, print_table

__all__ = ["print_artefact"]


def print_artefact(found: Mapping[str, object]) -> None:
    """Print what `lake_assets.cli.governed.shown` gives."""
    target = console()
    numbered = f"{found['number']}. " if found["number"] else ""
    rows = (
        "not there yet"
        if found["version"] is None
        else f"{found['rows']:,} rows, version {found['version']:,}"
    )
    target.print(f"{numbered}{found['title']} ({found['table']}): {rows}", soft_wrap=True)
    target.print(f"{found['description']}", soft_wrap=True)
    target.print(f"made again from: {found['made_from'] or 'nothing else; keep it'}\n", soft_wrap=True)
    columns = cast("Sequence[Mapping[str, str]]", found["columns"])
    print_table(
        target,
        ("column", "type", "meaning"),
        [(each["name"], each["type"], each["meaning"]) for each in columns],
    )
    newest = cast("Sequence[Mapping[str, object]]", found["newest_rows"])
    if newest:
        target.print()
        print_table(target, list(newest[0]), [[cell_text(value) for value in row.values()] for row in newest])
