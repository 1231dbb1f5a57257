"""The site of a lake: pages that need no server."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from lake_assets.declarations import Declarations
from lake_assets.governance.decisions import DECISIONS
from lake_assets.governance.processed_files import PROCESSED_FILES
from lake_assets.governance.runs import RUNS
from lake_assets.lineage import HiddenColumns
from lake_assets.profiles import PROFILES
from lake_assets.search import SITE_FOLDER, leave_site_stamp, site_made_of, stamped_files
from lake_assets.site.lineages import lineages_of, origins_in
from lake_assets.site.origins import ColumnOrigins
from lake_assets.site.pages import pages_of
from lake_assets.site.reading import read_facts
from lake_assets.site.table_views import Catalogue
from lake_assets.site.writing import Written, listed_files, write_files
from lake_assets.storage.files import FileStore
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import find_table

__all__ = ["INDEX", "SITE_FOLDER", "changes_of", "renew_site", "site_files", "withdraw_site", "write_site"]

INDEX = f"{SITE_FOLDER}/index.html"
"""Its first page."""

_TOLD_BY = (RUNS, PROCESSED_FILES, PROFILES, DECISIONS)


def changes_of(root: LakeRoot) -> dict[str, int]:
    """What tells whether a lake has changed since: every step and every file is noted in one of these tables.

    Args:
        root: The lake.

    Returns:
        The versions of those that there are, by incarnation.
    """
    found = (find_table(root, ref) for ref in _TOLD_BY)
    return {table.input_name: table.version for table in found if table is not None}


def site_files(root: LakeRoot) -> list[str]:
    """The files of the site that is kept under the root of a lake, the list that names them last; none without one.

    Args:
        root: The lake.

    Raises:
        StorageError: When their list cannot be read.
    """
    return listed_files(root.files, SITE_FOLDER)


def write_site(
    root: LakeRoot,
    declarations: Declarations,
    store: FileStore | None = None,
    folder: str = "",
    origins: ColumnOrigins | None = None,
) -> Written:
    """Write the site of a lake as it is now; pages that say what they said before are not touched.

    Args:
        root: The lake.
        declarations: What is declared for it.
        store: Where to; by default the folder `docs` under the root of the lake.
        folder: The folder there.
        origins: What is known of where the values of columns are from, beside what mappings and code say.

    Raises:
        StorageError: When the folder holds files of others under the names of pages.
    """
    lineages = lineages_of(root, declarations)
    known = {**origins_in(lineages), **(origins or {})}
    hidden = HiddenColumns(root, declarations).of
    catalogue = Catalogue(declarations, read_facts(root), known, lineages, hidden)
    if store is None:
        return write_files(root.files, SITE_FOLDER, pages_of(catalogue))
    return write_files(store, folder, pages_of(catalogue))


def withdraw_site(root: LakeRoot, store: FileStore | None = None, folder: str = "") -> None:
    """Delete a site; what is cut short is finished by doing it again.

    Args:
        root: The lake.
        store: Where it is, see `write_site`.
        folder: The folder there.
    """
    place, below = (root.files, SITE_FOLDER) if store is None else (store, folder)
    for path in listed_files(place, below):
        place.delete([path])


def renew_site(
    root: LakeRoot,
    declaring: Iterable[Path],
    load: Callable[[], Declarations],
    store: FileStore | None = None,
    folder: str = "",
) -> Written:
    """Write the site of a lake unless it says all this already; then nothing is loaded, read or made.

    Args:
        root: The lake.
        declaring: The folders of its declarations.
        load: Gives the declarations; asked only when the site has to be made.
        store: Where to, see `write_site`.
        folder: The folder there.

    Raises:
        StorageError: When the folder holds files of others under the names of pages.
        DeclarationError: When a declaration is not valid.
    """
    place, below = (root.files, SITE_FOLDER) if store is None else (store, folder)
    made = site_made_of(root, declaring)
    files = stamped_files(place, below, made)
    if files is not None:
        return Written(files)
    written = write_site(root, load(), place, below)
    leave_site_stamp(place, below, made, written.files, listed_files(place, below))
    return written
