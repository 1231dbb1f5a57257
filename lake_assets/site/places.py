"""Where a rule was broken first, by the name of the file."""

from __future__ import annotations

import re
from collections.abc import Mapping

__all__ = ["files_in", "with_names"]

_FILE = re.compile(r"\bfile (\d+)")


def files_in(example: str) -> list[int]:
    """The ids of the files that an example of a verdict speaks of.

    >>> files_in("file 17, row 3")
    [17]
    """
    return [int(found) for found in _FILE.findall(example)]


def with_names(example: str, names: Mapping[int, str]) -> str:
    """An example of a verdict with the name of its file in place of the id.

    >>> with_names("file 17, row 3", {17: "hires-2024-01.csv"})
    'file hires-2024-01.csv, row 3'
    """
    return _FILE.sub(lambda found: f"file {names.get(int(found[1]), found[1])}", example)
