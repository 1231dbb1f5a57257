"""The link from an asset to its page in the site of the lake, where somebody serves it."""

from __future__ import annotations

import os

import dagster as dg

from lake_assets.model import TableRef, Zone
from lake_assets.site import source_page, table_page

__all__ = ["docs_link"]


def docs_link(ref: TableRef, source: str = "") -> dict[str, dg.UrlMetadataValue]:
    """The metadata `docs` of an asset; nothing where `LAKE_DOCS_URL` does not say where the site is.

    `lake up` says it of the site that it serves, and whoever serves one elsewhere can.

    Args:
        ref: The table, or the dataset in a landing zone, whose page is that of its source.
        source: The source of the dataset.
    """
    url = os.environ.get("LAKE_DOCS_URL", "").rstrip("/")
    return {"docs": dg.MetadataValue.url(f"{url}/{_page(ref, source)}")} if url else {}


def _page(ref: TableRef, source: str) -> str:
    if not ref.zone.holds_tables:
        return f"{source_page(source)}#{ref.name}"
    if ref.zone is Zone.QUARANTINE:
        # Its own page is there once something was set aside.
        return f"{table_page(TableRef(Zone.TRUSTED, ref.name))}#quarantine"
    return table_page(ref)
