"""The site of a lake, written where what it says has changed."""

from __future__ import annotations

from functools import partial

from lake_assets.erasure import withdrawn_if_erased
from lake_assets.lake.lake import Lake
from lake_assets.site import Written, renew_site, withdraw_site
from lake_assets.storage.files import FileStore

__all__ = ["write_docs"]


def write_docs(lake: Lake, store: FileStore | None = None) -> Written:
    """Write the site of a lake; where it says all this already, that is found out without reading the lake.

    Args:
        lake: The lake; its declarations are loaded only when they are needed.
        store: Where to; by default the folder `docs` under the root of the lake.

    Raises:
        StorageError: When the folder holds files of others under the names of pages; or a person is being erased, or
            was erased meanwhile: then the pages are deleted.
        DeclarationError: When a declaration is not valid.
    """
    with withdrawn_if_erased(lake.root, partial(withdraw_site, lake.root, store)):
        return renew_site(lake.root, lake.settings.defs, lambda: lake.declarations, store)
