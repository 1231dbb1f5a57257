"""A zip or tar archive written anew, each of its files given another content."""

from __future__ import annotations

import io
import tarfile
import zipfile
from collections.abc import Callable
from copy import copy

from lake_assets.formats._archive_members import ARCHIVE_DAMAGE
from lake_assets.formats._decompression import is_of_the_machine
from lake_assets.formats.apart.limits import Expansion, TooLargeError

__all__ = ["Change", "archive_anew"]

Change = Callable[[str, bytes], tuple[str, bytes]]
"""Given the name of a file in an archive and its content, says both as they are to be."""


def archive_anew(data: bytes, kind: str, change: Change, stored_bytes: int, max_ratio: int) -> bytes:
    """Write an archive anew, its members in their order; what was written so is written again byte for byte.

    Comments and what else an archive may hold beside its members go.

    Args:
        data: The archive, without a compression around it.
        kind: `zip` or `tar`.
        change: What becomes of each file; called in the order of the archive.
        stored_bytes: The size of the archive as it was landed.
        max_ratio: How many times as much may come out of all its files, read or not, beyond 1 GiB.

    Raises:
        ValueError: When the archive cannot be read, or is a bomb.
        OSError: When the machine gives out.
    """
    expansion = Expansion(stored_bytes, max_ratio)
    try:
        return _zip_anew(data, change, expansion) if kind == "zip" else _tar_anew(data, change, expansion)
    except TooLargeError as error:
        raise ValueError(f"the {kind} archive is a bomb: {error}") from error
    except ARCHIVE_DAMAGE as error:
        if is_of_the_machine(error):
            raise
        raise ValueError(f"the {kind} archive: {error}") from error


def _zip_anew(data: bytes, change: Change, expansion: Expansion) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(written, "w") as new:
        for each in old.infolist():
            expansion.add(each.file_size)  # no more than that is ever unpacked
            name, content = (each.filename, b"") if each.is_dir() else change(each.filename, old.read(each))
            entry = zipfile.ZipInfo(name, each.date_time)
            entry.external_attr, entry.compress_type = each.external_attr, each.compress_type
            new.writestr(entry, content)
    return written.getvalue()


def _tar_anew(data: bytes, change: Change, expansion: Expansion) -> bytes:
    written = io.BytesIO()
    with tarfile.open(fileobj=io.BytesIO(data)) as old, tarfile.open(fileobj=written, mode="w") as new:
        for each in old:
            entry = copy(each)
            stream = old.extractfile(each) if each.isreg() else None
            if stream is None:
                new.addfile(entry)
                continue
            expansion.add(each.size)  # more than is stored, where it has holes
            entry.name, content = change(each.name, stream.read())
            entry.size, entry.pax_headers = len(content), {}
            new.addfile(entry, io.BytesIO(content))
    return written.getvalue()
