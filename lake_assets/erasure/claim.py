"""The claim of an erasure that goes on: while it stands, no other run and no other erasure begins.

Claims are numbered, and the last one counts. Taking one makes the next number where there is none yet, which one of all
that try at the same instant can; giving it back empties it, so that no number is taken twice.

A claim counts while its process is alive, which is known on its own machine. On another machine it counts for six
hours, so an erasure that was killed holds nobody up for longer. A run that began before is refused at its next commit.
"""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

from lake_assets.errors import ConflictError, StorageError
from lake_assets.storage.probe import require_conditional_put
from lake_assets.storage.root import LakeRoot

__all__ = ["claimed", "refuse_since", "refuse_while_erasing", "withdrawn_if_erased"]

_FOLDER = "erasure_claims"
_DIGITS = 12
_LASTS_S = 6 * 3600.0
_ATTEMPTS = 30
_GIVEN_BACK = b"{}"


@dataclass(frozen=True)
class _Claim:
    number: int
    said: bytes

    @property
    def path(self) -> str:
        """Under the root."""
        return f"{_FOLDER}/{self.number:0{_DIGITS}}"


@contextmanager
def claimed(root: LakeRoot) -> Iterator[None]:
    """Claim a lake for an erasure; it is given back afterwards, whatever happens.

    Args:
        root: The lake.

    Raises:
        StorageError: When another erasure goes on, or the object store cannot tell one claim from two.
        ConflictError: When other erasures came first 30 times in a row, and were over at once.
    """
    claim = _take(root)
    try:
        yield
    finally:
        _give_back(root, claim)


def refuse_while_erasing(root: LakeRoot) -> int:
    """Refuse to begin while a person is being erased.

    Args:
        root: The lake.

    Returns:
        The number of the last claim, for `refuse_since`.

    Raises:
        StorageError: When an erasure goes on.
    """
    last = _last(root)
    _refuse_beside(root, last)
    return last.number


def refuse_since(root: LakeRoot, number: int) -> None:
    """Refuse to commit once a person is, or was, erased since a run began: what it has read may hold the person.

    It costs one look into a folder: a claim that was over when the run began never counts again.

    Args:
        root: The lake.
        number: What `refuse_while_erasing` gave when the run began.

    Raises:
        StorageError: When there is a newer claim.
    """
    if max((each.number for each in _numbered(root)), default=0) == number:
        return
    refuse_while_erasing(root)
    mend = "run again: what was committed before is found, and nothing is lost"
    raise StorageError("a person was erased since this run began", place=root.locate(_FOLDER), mend=mend)


@contextmanager
def withdrawn_if_erased(root: LakeRoot, withdraw: Callable[[], object]) -> Iterator[None]:
    """Write a copy of what tables hold, and take it back where a person was erased meanwhile.

    Args:
        root: The lake that is read.
        withdraw: Deletes the copy.

    Raises:
        StorageError: When an erasure goes on, or was done meanwhile.
    """
    number = refuse_while_erasing(root)
    yield
    try:
        refuse_since(root, number)
    except StorageError:
        withdraw()
        raise


def _take(root: LakeRoot) -> _Claim:
    require_conditional_put(root)
    for _ in range(_ATTEMPTS):
        last = _last(root)
        _refuse_beside(root, last)
        mine = _Claim(last.number + 1, _said())
        if _is_made(root, mine) and _last(root) == mine:
            return mine
    mend = "run again; nothing was erased"
    place = root.locate(_FOLDER)
    raise ConflictError(f"other erasures came first {_ATTEMPTS} times in a row", place=place, mend=mend)


def _is_made(root: LakeRoot, claim: _Claim) -> bool:
    """Whether the number is ours; a store that lost its answer refuses the repeated request, and holds what we said."""
    return root.files.claim(claim.path, claim.said) or _read(root, claim.path) == claim.said


def _give_back(root: LakeRoot, claim: _Claim) -> None:
    with root.files.create(claim.path) as stream:
        stream.write(_GIVEN_BACK)
    root.files.delete([each.path for each in _numbered(root) if each.number < claim.number])


def _last(root: LakeRoot) -> _Claim:
    """The claim that counts; number 0, which says nothing, where there never was one."""
    last = max(_numbered(root), key=lambda each: each.number, default=_Claim(0, b""))
    return _Claim(last.number, _read(root, last.path)) if last.number else last


def _numbered(root: LakeRoot) -> list[_Claim]:
    names = [entry.path.rpartition("/")[2] for entry in root.files.list(_FOLDER)]
    return [_Claim(int(name), b"") for name in names if name.isdecimal()]


def _read(root: LakeRoot, path: str) -> bytes:
    try:
        with root.files.open(path) as stream:
            return stream.read()
    except FileNotFoundError:
        return b""


def _said() -> bytes:
    """Who claims; a word of its own tells it from any other of the same process."""
    at = datetime.now(UTC).isoformat()
    said = {"host": platform.node(), "process": os.getpid(), "at": at, "claim": uuid4().hex}
    return json.dumps(said).encode()


def _refuse_beside(root: LakeRoot, claim: _Claim) -> None:
    try:
        said = json.loads(claim.said)
        host, process = str(said["host"]), int(said["process"])
        age_s = (datetime.now(UTC) - datetime.fromisoformat(said["at"])).total_seconds()
    except (ValueError, KeyError, TypeError):
        return
    is_here = host == platform.node()
    if _is_alive(process) if is_here else age_s < _LASTS_S:
        where = f"process {process} on {host}"
        mend = f"wait until it ends; if there is no such process any more, delete {claim.path} under the root"
        raise StorageError(f"a person is being erased by {where}", place=root.locate(claim.path), mend=mend)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
