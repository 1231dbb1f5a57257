"""The site of a lake: pages that need no server."""

from __future__ import annotations

from lake_assets.declarations import Declarations
from lake_assets.site.origins import ColumnOrigins
from lake_assets.site.pages import pages_of
from lake_assets.site.reading import read_facts
from lake_assets.site.table_views import Catalogue
from lake_assets.site.writing import Written, write_files
from lake_assets.storage.files import FileStore
from lake_assets.storage.root import LakeRoot

__all__ = ["SITE_FOLDER", "write_site"]

SITE_FOLDER = "docs"
"""Where the site of a lake is under its root, unless it is written elsewhere."""


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
        origins: What is known of where the values of columns are from, beside what the mappings say.

    Raises:
        StorageError: When the folder holds files of others under the names of pages.
    """
    catalogue = Catalogue(declarations, read_facts(root), origins or {})
    if store is None:
        return write_files(root.files, SITE_FOLDER, pages_of(catalogue))
    return write_files(store, folder, pages_of(catalogue))
