"""The format that a dataset's origin lets expect."""

from __future__ import annotations

import re

from lake_assets.extensions import installed_kinds

__all__ = ["format_of"]

_PACKED = r"(?:\.(?:gz|zst|bz2|xz|zip|tar|tgz))*"
_EXTENSION = re.compile(rf"\.([A-Za-z0-9]+){_PACKED}$")

_KINDS = {
    "csv": "csv",
    "tsv": "csv",
    "txt": "csv",
    "json": "json",
    "jsonl": "json",
    "ndjson": "json",
    "geojson": "json",
    "parquet": "parquet",
    "arrow": "arrow",
    "arrows": "arrow",
    "feather": "arrow",
    "ipc": "arrow",
    "avro": "avro",
    "orc": "orc",  # not installed here: better told than read as CSV
    "xml": "xml",
    "html": "html",
    "htm": "html",
    "xls": "excel",
    "xlsx": "excel",
    "xlsm": "excel",
    "xlsb": "excel",
    "ods": "ods",
    "log": "lines",
    **dict.fromkeys(
        ["png", "jpg", "jpeg", "gif", "webp", "bmp", "tif", "tiff", "pdf", "mp3", "mp4", "wav"], "blob"
    ),
}


def format_of(origin: str) -> str:
    """The kind of format that the extension stands for, seen through compression; csv when it says nothing.

    >>> format_of("inbox/*.csv"), format_of("https://host/flights.jsonl.gz?page=1"), format_of("inbox/*")
    ('csv', 'json', 'csv')
    """
    path = origin.partition("?")[0] if "://" in origin or origin.startswith("/") else origin
    match = _EXTENSION.search(path)
    extension = match[1].lower() if match else ""
    return extension if extension in installed_kinds("formats") else _KINDS.get(extension, "csv")
