"""What kind of thing some bytes are, by how they begin."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

__all__ = ["Media", "media_of"]

_JPEG_MARK = 0xFF
_JPEG_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_JPEG_BARE = {0x01, *range(0xD0, 0xD9)}


@dataclass(frozen=True)
class Media:
    """A kind of file.

    Args:
        kind: A short name, such as `png`.
        media_type: As RFC 6838 has it, such as `image/png`.
        width: Of an image, in pixels, where its header tells.
        height: Likewise.
    """

    kind: str
    media_type: str
    width: int | None = None
    height: int | None = None


_Size: TypeAlias = "tuple[int, int] | tuple[None, None]"

_UNKNOWN = Media("unknown", "application/octet-stream")
_MAGIC: tuple[tuple[int, bytes, str, str], ...] = (
    (0, b"\x89PNG\r\n\x1a\n", "png", "image/png"),
    (0, b"\xff\xd8\xff", "jpeg", "image/jpeg"),
    (0, b"GIF87a", "gif", "image/gif"),
    (0, b"GIF89a", "gif", "image/gif"),
    (0, b"BM", "bmp", "image/bmp"),
    (8, b"WEBP", "webp", "image/webp"),
    (0, b"II*\0", "tiff", "image/tiff"),
    (0, b"MM\0*", "tiff", "image/tiff"),
    (0, b"%PDF-", "pdf", "application/pdf"),
    (0, b"{\\rtf", "rtf", "application/rtf"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole", "application/x-ole-storage"),
    (30, b"mimetypeapplication/vnd.oasis.opendocument", "opendocument", "application/vnd.oasis.opendocument"),
    (30, b"[Content_Types].xml", "ooxml", "application/vnd.openxmlformats-officedocument"),
    (0, b"PK\x03\x04", "zip", "application/zip"),
    (0, b"PK\x05\x06", "zip", "application/zip"),
    (257, b"ustar", "tar", "application/x-tar"),
    (0, b"\x1f\x8b", "gzip", "application/gzip"),
    (0, b"\x28\xb5\x2f\xfd", "zstd", "application/zstd"),
    (0, b"BZh", "bzip2", "application/x-bzip2"),
    (0, b"\xfd7zXZ\0", "xz", "application/x-xz"),
    (0, b"7z\xbc\xaf\x27\x1c", "7z", "application/x-7z-compressed"),
    (0, b"Rar!\x1a\x07", "rar", "application/vnd.rar"),
    (0, b"PAR1", "parquet", "application/vnd.apache.parquet"),
    (0, b"ARROW1", "arrow", "application/vnd.apache.arrow.file"),
    (0, b"Obj\x01", "avro", "application/avro"),
    (0, b"SQLite format 3\0", "sqlite", "application/vnd.sqlite3"),
    (0, b"OggS", "ogg", "application/ogg"),
    (0, b"fLaC", "flac", "audio/flac"),
    (0, b"ID3", "mp3", "audio/mpeg"),
    (8, b"WAVE", "wav", "audio/wav"),
    (8, b"AVI ", "avi", "video/x-msvideo"),
    (4, b"ftyp", "mp4", "video/mp4"),
    (0, b"\x1aE\xdf\xa3", "matroska", "video/matroska"),
    (0, b"\x7fELF", "elf", "application/x-executable"),
    (0, b"<?xml", "xml", "application/xml"),
    (0, b"<svg", "svg", "image/svg+xml"),
    (0, b"<!doctype html", "html", "text/html"),
    (0, b"<html", "html", "text/html"),
)
_TEXTUAL = {"xml", "svg", "html"}


def media_of(head: bytes) -> Media:
    r"""Name what a file is, by its first bytes.

    >>> media_of(b"GIF89a\x02\x00\x01\x00")
    Media(kind='gif', media_type='image/gif', width=2, height=1)
    >>> media_of(b"plain words").kind, media_of(b"\x00\x01").kind
    ('text', 'unknown')
    """
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:64].lower()
    for at, magic, kind, media_type in _MAGIC:
        if (start if kind in _TEXTUAL else head[at:]).startswith(magic):
            width, height = _size(kind, head)
            return Media(kind, media_type, width, height)
    return Media("text", "text/plain") if _is_text(head) else _UNKNOWN


def _is_text(head: bytes) -> bool:
    if b"\0" in head:
        return False
    try:
        head[:-4].decode()
    except UnicodeDecodeError as error:
        return error.start > len(head) - 8
    return True


def _size(kind: str, head: bytes) -> _Size:
    """Width and height of an image; nothing where the header does not say so simply."""
    read = _SIZES.get(kind)
    try:
        return read(head) if read else (None, None)
    except struct.error:
        return None, None


def _png_size(head: bytes) -> _Size:
    return struct.unpack_from(">II", head, 16)


def _gif_size(head: bytes) -> _Size:
    return struct.unpack_from("<HH", head, 6)


def _bmp_size(head: bytes) -> _Size:
    width, height = struct.unpack_from("<ii", head, 18)
    return width, abs(height)


def _jpeg_size(head: bytes) -> _Size:
    """Go from segment to segment up to the frame.

    Raises:
        struct.error: When it is not in the head.
    """
    at = 2
    while True:
        mark, code = struct.unpack_from(">BB", head, at)
        if mark != _JPEG_MARK:
            raise struct.error("no segment begins here")
        if code == _JPEG_MARK:
            at += 1
        elif code in _JPEG_BARE:
            at += 2
        elif code in _JPEG_FRAMES:
            height, width = struct.unpack_from(">HH", head, at + 5)
            return width, height
        else:
            at += 2 + struct.unpack_from(">H", head, at + 2)[0]


def _webp_size(head: bytes) -> _Size:
    match head[12:16]:
        case b"VP8X":
            width, high_width, height, high_height = struct.unpack_from("<HBHB", head, 24)
            return width + (high_width << 16) + 1, height + (high_height << 16) + 1
        case b"VP8L":
            (bits,) = struct.unpack_from("<I", head, 21)
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case b"VP8 ":
            width, height = struct.unpack_from("<HH", head, 26)
            return width & 0x3FFF, height & 0x3FFF
        case _:
            return None, None


_SIZES: dict[str, Callable[[bytes], _Size]] = {
    "png": _png_size,
    "gif": _gif_size,
    "bmp": _bmp_size,
    "jpeg": _jpeg_size,
    "webp": _webp_size,
}
