"""Files of a folder, those together whose names differ in numbers only."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from fnmatch import fnmatchcase
from glob import escape
from typing import NamedTuple

__all__ = ["Group", "groups_of"]

_UNIQUE = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[0-9]+(?:[-_.T:]?[0-9]+)*Z?")
_ENDING = re.compile(r"(?:\.[A-Za-z][A-Za-z0-9]{0,7}){1,2}$")
_MOST = 8


class Group(NamedTuple):
    """Files that are one dataset.

    Args:
        pattern: A glob that fits them and no others.
        stem: What their names have in common.
    """

    pattern: str
    stem: str


def groups_of(names: Sequence[str]) -> list[Group]:
    """Put files together that differ in numbers only; those of one ending where that leaves too many.

    Args:
        names: Paths with `/`, from one folder on.

    >>> groups_of(["hires-2024-01.csv", "hires-2024-02.csv", "stations.csv"])
    [Group(pattern='hires-*.csv', stem='hires'), Group(pattern='stations.csv', stem='stations')]
    """
    by_ending: dict[str, list[str]] = defaultdict(list)
    for name in names:
        by_ending[_ending(name)].append(name)
    return [group for ending, alike in by_ending.items() for group in _groups(ending, alike, names)]


def _groups(ending: str, alike: Sequence[str], names: Sequence[str]) -> list[Group]:
    masks = list(dict.fromkeys(_mask(name, ending) for name in alike))
    is_clear = all(sum(fnmatchcase(name, mask) for mask in masks) == 1 for name in alike)
    fits_others = any(fnmatchcase(name, mask) for name in set(names) - set(alike) for mask in masks)
    if len(masks) <= _MOST and is_clear and not fits_others:
        return [Group(mask, _stem(mask, ending)) for mask in masks]
    return [Group(f"**/*{ending}" if any("/" in name for name in alike) else f"*{ending}", "")]


def _ending(name: str) -> str:
    found = _ENDING.search(name.rpartition("/")[2])
    return found[0] if found else ""


def _mask(name: str, ending: str) -> str:
    return _UNIQUE.sub("*", escape(name.removesuffix(ending))) + ending


def _stem(mask: str, ending: str) -> str:
    """The words of the file name, or else of the folders above it.

    >>> _stem("a/hires-*.csv", ".csv"), _stem("year=*/*.csv", ".csv")
    ('hires', 'year')
    """
    parts = mask.removesuffix(ending).split("/")
    words = [re.sub(r"[^A-Za-z0-9]+", " ", part).strip() for part in parts]
    return next((each for each in reversed(words) if each), "")
