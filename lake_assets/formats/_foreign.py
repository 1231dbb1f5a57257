"""What a file looks like that is not what its format says."""

from __future__ import annotations

from collections.abc import Collection

from lake_assets.errors import DecodeError
from lake_assets.formats._file_bytes import FileBytes

__all__ = ["foreign_kind", "refuse_foreign"]

_MAGIC = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an Office workbook"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"PAR1", "a Parquet file"),
    (b"ORC", "an ORC file"),
    (b"Obj\x01", "an Avro file"),
    (b"ARROW1", "an Arrow file"),
    (b"FEA1", "a Feather file"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"\x1f\x8b", "gzip within another compression"),
    (b"\x28\xb5\x2f\xfd", "zstd within another compression"),
    (b"BZh", "bzip2 within another compression"),
    (b"\xfd7zXZ", "xz within another compression"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
)
_TAR = b"ustar"
_TAR_AT = 257
_PAGES = ((b"<!doctype html", "an HTML page"), (b"<html", "an HTML page"), (b"<?xml", "an XML document"))


def foreign_kind(head: bytes) -> str:
    """Name a well-known kind of file by its first bytes.

    Args:
        head: The first bytes, decompressed.

    Returns:
        What it looks like, with its article; empty when it is none of the known ones.

    >>> foreign_kind(b"%PDF-1.7")
    'a PDF document'
    >>> foreign_kind(b"  <!DOCTYPE html><title>502</title>")
    'an HTML page'
    >>> foreign_kind(b"a,b")
    ''
    """
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:16].lower()
    binary = next((kind for magic, kind in _MAGIC if head.startswith(magic)), "")
    if head.startswith(_TAR, _TAR_AT):
        return "a tar archive"
    return binary or next((kind for page, kind in _PAGES if start.startswith(page)), "")


def refuse_foreign(data: FileBytes, wanted: str, own: Collection[str] = ()) -> None:
    """Stop at a file that is plainly of another kind.

    Args:
        data: The file.
        wanted: What it should be, such as `CSV`.
        own: What such files look like, as `foreign_kind` names it.

    Raises:
        DecodeError: Naming what it looks like.
    """
    if (kind := foreign_kind(data.head)) and kind not in own:
        mend = f"let the source send {wanted}, or declare the format that it sends"
        raise DecodeError(f"the file is not {wanted}: it looks like {kind}", place=data.place, mend=mend)
