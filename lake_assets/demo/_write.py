"""Write a file once: complete or absent, and never again when it is there."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING
from uuid import uuid4

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def write_once(path: Path, make: Callable[[], bytes], beside: Path) -> None:
    """Write a file unless it exists; nobody ever sees a part of it.

    Args:
        path: The file; its folder is made when it is not there.
        make: Gives the bytes; not called when the file exists.
        beside: A folder on the same disk for the partial file, so that no watched folder shows one.
    """
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = beside / f".{path.name}.{uuid4().hex}.partial"
    try:
        _write_through(partial, make())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _write_through(path: Path, content: bytes) -> None:
    with path.open("xb") as sink:
        sink.write(content)
        sink.flush()
        os.fsync(sink.fileno())
