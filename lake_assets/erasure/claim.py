"""The claim of an erasure that goes on: while it stands, no other run and no other erasure begins.

A claim counts while its process is alive, which is known on its own machine. On another machine it counts for six
hours, so an erasure that was killed holds nobody up for longer. A run that began before goes on.
"""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from lake_assets.errors import StorageError
from lake_assets.storage.root import LakeRoot

__all__ = ["claimed", "refuse_while_erasing"]

_PATH = "governance/erasure.claim"
_LASTS_S = 6 * 3600.0


@contextmanager
def claimed(root: LakeRoot) -> Iterator[None]:
    """Claim a lake for an erasure; the claim is gone afterwards, whatever happens.

    Two erasures that are begun within the same instant may both take it.

    Args:
        root: The lake.

    Raises:
        StorageError: When another erasure goes on.
    """
    refuse_while_erasing(root)
    said = {"host": platform.node(), "process": os.getpid(), "at": datetime.now(UTC).isoformat()}
    with root.files.create(_PATH) as stream:
        stream.write(json.dumps(said).encode())
    try:
        yield
    finally:
        root.files.delete([_PATH])


def refuse_while_erasing(root: LakeRoot) -> None:
    """Refuse to begin while a person is being erased.

    Args:
        root: The lake.

    Raises:
        StorageError: When an erasure goes on.
    """
    try:
        with root.files.open(_PATH) as stream:
            said = json.loads(stream.read())
        host, process = str(said["host"]), int(said["process"])
        age_s = (datetime.now(UTC) - datetime.fromisoformat(said["at"])).total_seconds()
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return
    is_here = host == platform.node()
    if _is_alive(process) if is_here else age_s < _LASTS_S:
        where = f"process {process} on {host}"
        mend = f"wait until it ends; if there is no such process any more, delete {_PATH} under the root"
        raise StorageError(f"a person is being erased by {where}", place=root.locate(_PATH), mend=mend)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
