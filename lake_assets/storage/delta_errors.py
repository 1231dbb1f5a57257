"""What delta-rs says went wrong, fit for people."""

from __future__ import annotations

import re

__all__ = ["reason"]

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_FRAME = re.compile(r"^\s*\d+: |^\s*at ")
_LONGEST = 500


def reason(error: Exception) -> str:
    r"""The message of an error without colours, frames and line breaks.

    >>> reason(ValueError("Kernel error: cut short\n   0: <unknown>\n   1: <unknown>"))
    'Kernel error: cut short'
    """
    lines = _COLOUR.sub("", str(error)).splitlines()
    said = " ".join(line.strip(" ↳") for line in lines if line.strip() and not _FRAME.match(line))
    return said[:_LONGEST]
