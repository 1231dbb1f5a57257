"""Where a rule was broken first, by the names of the files."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lake_assets.lake import Lake

__all__ = ["named_files", "with_file_names"]

_FILE = re.compile(r"\bfile (\d+)")


def named_files(lake: Lake, examples: Iterable[str]) -> dict[int, str]:
    """The names of the landed files that examples of verdicts speak of, by file id.

    Args:
        lake: The lake.
        examples: As in `Verdict.example`, such as `file 17, row 3`.
    """
    import polars as pl

    from lake_assets.governance.processed_files import PROCESSED_FILES
    from lake_assets.storage.table import find_table

    wanted = [int(found) for example in examples for found in _FILE.findall(example)]
    table = find_table(lake.root, PROCESSED_FILES) if wanted else None
    if table is None:
        return {}
    files = table.scan().filter(pl.col("file_id").is_in(wanted)).select("file_id", "name").collect()
    return dict(files.iter_rows())


def with_file_names(example: str, names: dict[int, str]) -> str:
    """An example of a verdict with the name of its file in place of the id.

    >>> with_file_names("file 17, row 3", {17: "hires-2024-01.csv"})
    'file hires-2024-01.csv, row 3'
    >>> with_file_names("file 18, row 3", {17: "hires-2024-01.csv"})
    'file 18, row 3'
    """
    return _FILE.sub(lambda found: f"file {names.get(int(found[1]), found[1])}", example)
