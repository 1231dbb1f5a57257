"""Pictures in metadata."""

from __future__ import annotations

from base64 import b64encode

import dagster as dg

__all__ = ["picture"]


def picture(title: str, svg: str) -> dg.MarkdownMetadataValue:
    """Markdown with the picture in itself, which the UI draws; it draws neither HTML nor files of this machine.

    Args:
        title: What it shows.
        svg: The picture.
    """
    encoded = b64encode(svg.encode()).decode()
    return dg.MetadataValue.md(f"![{title}](data:image/svg+xml;base64,{encoded})")
