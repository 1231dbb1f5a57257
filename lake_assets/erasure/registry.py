"""What is known of landed files without what they were: the past of processed files, and the notes they are made of."""

from __future__ import annotations

from lake_assets.erasure.logs import clear_past
from lake_assets.erasure.words import Words
from lake_assets.errors import StorageError
from lake_assets.governance.erasures import has_unfinished_files
from lake_assets.governance.landing_notes import renew_notes
from lake_assets.governance.processed_files import PROCESSED_FILES, every_file
from lake_assets.model import Zone
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import find_table

__all__ = ["refuse_unregistered", "renew_registry"]


def refuse_unregistered(root: LakeRoot) -> None:
    """Refuse to work on landed files of which nothing is known: they would be taken for bytes that nobody needs.

    Args:
        root: The lake.

    Raises:
        StorageError: When files have landed and there is no table of processed files.
    """
    landed = root.files.list(Zone.PERSISTENT_LANDING.value)
    if find_table(root, PROCESSED_FILES) is None and next(landed, None) is not None:
        what = "files have landed, and there is no table that says which"
        mend = "run `lake governance rebuild processed_files` first"
        raise StorageError(what, place=f"table {PROCESSED_FILES}", mend=mend)


def renew_registry(root: LakeRoot, words: Words, *, is_concerned: bool) -> None:
    """Let neither an older version of processed files nor a note say what the bytes of a landed file were.

    Args:
        root: The lake, in which no run is going on.
        words: What is blotted out of the log.
        is_concerned: Whether this erasure changed something.
    """
    if is_concerned or has_unfinished_files(root):
        clear_past(root, PROCESSED_FILES, words)
    if find_table(root, PROCESSED_FILES) is not None:
        renew_notes(root, {file.file_id: file for file in every_file(root)})
