"""Whether an S3 store keeps two writers from making the same object; without it commits would overwrite each other."""

from __future__ import annotations

from uuid import uuid4

from lake_assets.errors import StorageError
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.s3_files import S3Files

__all__ = ["require_conditional_put"]

_PROVED: set[tuple[str, str]] = set()


def require_conditional_put(root: LakeRoot) -> None:
    """Try once in a process that a second PUT with `If-None-Match: *` is refused; nothing is asked of a local root.

    Raises:
        StorageError: When the store accepts it, or cannot be reached.

    Source: RFC 9110, section 13.1.2.
    """
    store = root.files
    name = (root.uri, root.storage_options.get("aws_endpoint_url", ""))
    if not isinstance(store, S3Files) or name in _PROVED:
        return
    _claim_twice(store, root.uri)
    _PROVED.add(name)


def _claim_twice(store: S3Files, place: str) -> None:
    path = f".probe-{uuid4().hex}"
    store.claim(path)
    is_safe = not store.claim(path)
    store.delete([path])
    if not is_safe:
        raise StorageError(
            "the object store ignores If-None-Match: of two writers that commit at once one would be lost",
            place=place,
            mend="keep the lake in a store that honours conditional PUT, as AWS S3 and MinIO do",
        )
