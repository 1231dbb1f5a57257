"""An archive without the records of a person: a member that holds some is written anew as a file of its own is."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

from lake_assets.erasure.original import Original, rough_folder
from lake_assets.erasure.proof import found_in
from lake_assets.erasure.words import Words
from lake_assets.formats import FormatOptions, archive_anew
from lake_assets.model import LandedFile

__all__ = ["Redact", "archive_without"]

Redact = Callable[[Original, Collection[int], Words], bytes | None]
"""Makes a file without some records and words; None where that cannot be done and proved."""


def archive_without(original: Original, rows: Collection[int], words: Words, redact: Redact) -> bytes:
    """The bytes of an archive without some records and words, with no compression around it.

    Args:
        original: The archive, which was decoded.
        rows: Numbers of the records that go, which go on from member to member.
        words: What is overwritten in all others.
        redact: Makes a member anew.

    Raises:
        ValueError: When a member cannot be made anew, or a file beside them holds a word.
    """
    decision = original.decoded.decision if original.decoded else {}
    members = cast("list[Mapping[str, Any]]", decision["members"])
    if len(members) != decision["member_count"]:
        raise ValueError("it has more members than are told of")
    making = _Making(original, rows, words, redact, iter(members))
    usual = FormatOptions.model_fields["max_ratio"].default
    ratio = cast("int", original.dataset.format_options.get("max_ratio", usual))
    kind, size = str(decision["archive"]), original.file.size_bytes
    return archive_anew(original.plain, kind, making.change, size, ratio)


@dataclass
class _Making:
    original: Original
    rows: Collection[int]
    words: Words
    redact: Redact
    waiting: Iterator[Mapping[str, Any]]
    _next: Mapping[str, Any] | None = None

    def change(self, name: str, content: bytes) -> tuple[str, bytes]:
        """What becomes of a file of the archive: of a member by its records, of any other nothing."""
        self._next = self._next or next(self.waiting, None)
        full = f"{self.original.file.name}/{name}"
        if self._next is None or self._next["name"] != full:
            if any(found_in(content, self.words)):
                raise ValueError("what is not read holds a word")
            return self.words.masked(name), content
        member, self._next = self._next, None
        first, last = member["first_row"], member["last_row"]
        mine = [row - first + 1 for row in self.rows if first <= row <= last]
        return self.words.masked(name), self._left(full, content, mine)

    def _left(self, name: str, content: bytes, rows: Collection[int]) -> bytes:
        with rough_folder(self.original.root) as folder:
            path = Path(folder, "member")
            path.write_bytes(content)
            member = replace(self.original, file=_as_landed(self.original.file, name, content), at=str(path))
            if not rows and not member.holds(self.words):
                return content
            left = self.redact(member, rows, self.words)
        if left is None:
            raise ValueError("a member cannot be made anew")
        return left


def _as_landed(archive: LandedFile, name: str, content: bytes) -> LandedFile:
    return replace(
        archive,
        name=name,
        size_bytes=len(content),
        newlines=content.count(b"\n"),
        sha256=hashlib.sha256(content).hexdigest(),
    )
