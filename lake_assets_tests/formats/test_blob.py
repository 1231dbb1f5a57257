from __future__ import annotations

import struct
import zlib

import pytest

from lake_assets.formats import open_format
from lake_assets_tests.formats.landing import dataset, decode, landed


def png(width: int, height: int) -> bytes:
    head = struct.pack(">II", width, height) + b"\x08\x02\0\0\0"
    return (
        b"\x89PNG\r\n\x1a\n" + struct.pack(">I4s", 13, b"IHDR") + head + struct.pack(">I", zlib.crc32(head))
    )


def jpeg(width: int, height: int) -> bytes:
    start = b"\xff\xd8\xff\xe0" + struct.pack(">H", 16) + bytes(14) + b"\xff\xff\x01"
    return start + b"\xff\xc2" + struct.pack(">HBHH", 17, 8, height, width) + bytes(10)


BITS = (640 - 1) | (480 - 1) << 14


@pytest.mark.parametrize(
    ("stored", "kind", "media_type", "size"),
    [
        (png(640, 480), "png", "image/png", (640, 480)),
        (jpeg(640, 480), "jpeg", "image/jpeg", (640, 480)),
        (b"\xff\xd8\xff\xe0\xff\xff" + bytes(4), "jpeg", "image/jpeg", (None, None)),
        (b"\xff\xd8\xff\xe0\x00\x02" + bytes(4), "jpeg", "image/jpeg", (None, None)),
        (b"GIF89a" + struct.pack("<HH", 640, 480), "gif", "image/gif", (640, 480)),
        (b"BM" + bytes(16) + struct.pack("<ii", 640, -480), "bmp", "image/bmp", (640, 480)),
        (
            b"RIFF" + bytes(4) + b"WEBPVP8 " + bytes(10) + struct.pack("<HH", 640, 480),
            "webp",
            "image/webp",
            (640, 480),
        ),
        (
            b"RIFF" + bytes(4) + b"WEBPVP8L" + bytes(5) + struct.pack("<I", BITS),
            "webp",
            "image/webp",
            (640, 480),
        ),
        (
            b"RIFF" + bytes(4) + b"WEBPVP8X" + bytes(8) + struct.pack("<HBHB", 639, 0, 479, 0),
            "webp",
            "image/webp",
            (640, 480),
        ),
        (b"RIFF" + bytes(4) + b"WEBPnone", "webp", "image/webp", (None, None)),
        (b"\x89PNG\r\n\x1a\n", "png", "image/png", (None, None)),
        (b"%PDF-1.7\n", "pdf", "application/pdf", (None, None)),
        (
            b"PK\x03\x04" + bytes(26) + b"[Content_Types].xml",
            "ooxml",
            "application/vnd.openxmlformats-officedocument",
            (None, None),
        ),
        (b"PK\x03\x04" + bytes(30), "zip", "application/zip", (None, None)),
        (b"\xef\xbb\xbf <!DOCTYPE HTML>", "html", "text/html", (None, None)),
        ("Łódź".encode(), "text", "text/plain", (None, None)),
        (b"caf\xe9 au lait", "unknown", "application/octet-stream", (None, None)),
        (b"", "text", "text/plain", (None, None)),
        (b"\0\1\2", "unknown", "application/octet-stream", (None, None)),
    ],
    ids=str,
)
def test_a_file_is_described(tmp_path, stored, kind, media_type, size):
    path = tmp_path / "file"
    path.write_bytes(stored)
    outcome = decode(open_format(dataset("blob")), path)
    [row] = outcome.frame.to_dicts()
    file = landed(path)
    assert row == {
        "name": file.name,
        "origin": file.origin,
        "path": file.path,
        "kind": kind,
        "media_type": media_type,
        "size_bytes": len(stored),
        "sha256": file.sha256,
        "width": size[0],
        "height": size[1],
        "_row": 1,
    }
    assert outcome.is_whole
