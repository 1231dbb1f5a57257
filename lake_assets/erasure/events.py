"""Lines of events that are kept under governance and are no table, such as those of OpenLineage, without a person."""

from __future__ import annotations

from collections.abc import Iterator

from lake_assets.erasure.outcome import Touched
from lake_assets.erasure.words import Words
from lake_assets.model import Zone
from lake_assets.storage.root import LakeRoot

__all__ = ["count_events", "mask_events"]

_LINES = ".ndjson"
_WHAT = "lines in which the value is overwritten"


def count_events(root: LakeRoot, words: Words) -> Iterator[Touched]:
    """Say in how many lines a word stands.

    Args:
        root: The lake.
        words: What is searched for.
    """
    for path in _paths(root, words):
        held = sum(words.are_in(_text(line)) for line in _lines(root, path))
        yield Touched(path, _WHAT, held)


def mask_events(root: LakeRoot, words: Words) -> Iterator[Touched]:
    """Overwrite the words in the lines that hold one; all other lines stay byte by byte.

    Args:
        root: The lake.
        words: What is overwritten.
    """
    for path in _paths(root, words):
        lines = _lines(root, path)
        held = [words.are_in(_text(line)) for line in lines]
        if not any(held):
            continue
        with root.files.create(path) as stream:
            for line, is_held in zip(lines, held, strict=True):
                stream.write(words.masked(_text(line)).encode() if is_held else line)
        root.files.make_durable([path])
        yield Touched(path, _WHAT, sum(held))


def _paths(root: LakeRoot, words: Words) -> list[str]:
    found = root.files.list(Zone.GOVERNANCE.value) if words else ()
    return sorted(entry.path for entry in found if entry.path.endswith(_LINES))


def _lines(root: LakeRoot, path: str) -> list[bytes]:
    with root.files.open(path) as stream:
        return list(stream)


def _text(line: bytes) -> str:
    return line.decode("utf-8", "replace")
