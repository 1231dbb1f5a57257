"""Patterns over paths that are written with `/`: `*`, `?`, `[...]`, and `**` for any number of folders."""

from __future__ import annotations

import re
from fnmatch import translate
from itertools import takewhile

__all__ = ["Glob", "States", "is_wild", "split_glob"]

States = frozenset[int]
"""How far into the pattern a path may have come; empty when it can no longer fit."""

_WILD = re.compile(r"[*?\[]")


def is_wild(text: str) -> bool:
    """Whether a text holds a wildcard.

    >>> is_wild("2024-*.csv"), is_wild("flights.csv")
    (True, False)
    """
    return bool(_WILD.search(text))


def split_glob(pattern: str) -> tuple[str, str]:
    """Divide a pattern into the folder before its first wildcard and the rest; the file name is never folder.

    >>> split_glob("inbox/2024-*/x.csv"), split_glob("/data/x.csv"), split_glob("*.csv")
    (('inbox/', '2024-*/x.csv'), ('/data/', 'x.csv'), ('', '*.csv'))
    """
    parts = pattern.split("/")
    fixed = list(takewhile(lambda part: not is_wild(part), parts[:-1]))
    return "/".join([*fixed, ""]), "/".join(parts[len(fixed) :])


class Glob:
    """A pattern that is matched one name at a time, so that a walk enters only the folders it must.

    Upper and lower case differ on every system. A `**` at the end stands for every file below.

    >>> glob = Glob("2024/**/*.csv")
    >>> [glob.fits(path) for path in ("2024/x.csv", "2024/a/b/x.csv", "2023/x.csv", "2024/x.txt")]
    [True, True, False, False]
    >>> Glob("2024/**").fits("2024/a/x.txt"), Glob("2024/**").fits("2024")
    (True, False)
    """

    def __init__(self, pattern: str) -> None:
        """Compile the pattern; `.` and empty parts stand for nothing."""
        parts = [part for part in pattern.split("/") if part not in {"", "."}]
        if parts[-1:] == ["**"]:
            parts.append("*")
        self._parts = [None if part == "**" else re.compile(translate(part)).match for part in parts]
        self._reached = [self._closed(state) for state in range(len(parts) + 1)]
        self.start = self._reached[0]

    def after(self, states: States, name: str) -> States:
        """Where the pattern may stand once one more name of the path is taken."""
        reached = _NOWHERE
        for state in states:
            if state < len(self._parts):
                matches = self._parts[state]
                if matches is None:
                    reached |= self._reached[state]
                elif matches(name):
                    reached |= self._reached[state + 1]
        return reached

    @property
    def is_deep(self) -> bool:
        """Whether something in a folder below can fit."""
        return len(self._parts) > 1

    def accepts(self, states: States) -> bool:
        """Whether a file that has come this far fits."""
        return len(self._parts) in states

    def goes_on(self, states: States) -> bool:
        """Whether something below a folder that has come this far can fit."""
        return any(state < len(self._parts) for state in states)

    def fits(self, path: str) -> bool:
        """Whether a whole path fits."""
        states = self.start
        for name in path.split("/"):
            states = self.after(states, name)
        return self.accepts(states)

    def _closed(self, state: int) -> States:
        # A `**` may also stand for no folder at all.
        end = state
        while end < len(self._parts) and self._parts[end] is None:
            end += 1
        return frozenset(range(state, end + 1))


_NOWHERE: States = frozenset()
