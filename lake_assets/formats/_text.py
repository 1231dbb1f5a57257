r"""Bytes to text and lines, for the paths that must place every record.

Bytes that are no text in the encoding stand in the text as lone surrogates (U+DC00 and the byte), so that a
record that holds one can be told, and shown with backslash escapes.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from io import IncrementalNewlineDecoder

from lake_assets.errors import DecodeError

__all__ = [
    "FALLBACK_ENCODINGS",
    "UNDECODABLE",
    "bom_encoding",
    "choose_encoding",
    "encoding_of_head",
    "escaped",
    "lines_of",
    "texts_of",
]

UNDECODABLE = re.compile("[\ud800-\udfff]")
FALLBACK_ENCODINGS = ("cp1252", "latin-1")

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NOT_IN_CP1252 = b"\x81\x8d\x8f\x90\x9d"
_MOST = 0.7
_LINE_CHARACTERS = 64 << 20
_ERRORS = "lake_assets.escape"


def bom_encoding(head: bytes) -> str:
    r"""The encoding that a byte order mark names; empty when there is none.

    >>> bom_encoding(b"\xff\xfea\x00")
    'utf-16'
    """
    return next((encoding for bom, encoding in _BOMS if head.startswith(bom)), "")


def encoding_of_head(head: bytes) -> str:
    r"""The encoding that the first bytes tell: by their byte order mark, or by where their zeros stand; else empty.

    Text of Latin letters, digits and separators in UTF-16 has a zero in every other byte.

    >>> encoding_of_head("id,name\n".encode("utf-16-le"))
    'utf-16-le'
    """
    if marked := bom_encoding(head):
        return marked.replace("utf-8-sig", "utf-8")
    if b"\0" not in head:
        return ""
    pairs = len(head) // 2
    zeros_first, zeros_second = head[0::2].count(0), head[1::2].count(0)
    if zeros_second > _MOST * pairs and not zeros_first:
        return "utf-16-le"
    return "utf-16-be" if zeros_first > _MOST * pairs and not zeros_second else ""


def choose_encoding(chunks: Iterable[bytes]) -> str:
    """UTF-8, unless more bytes of the file break it than characters beyond ASCII keep it.

    In text of a one-byte encoding hardly a byte beyond ASCII is UTF-8 by chance; in UTF-8 text that was damaged, nearly
    all are.

    Args:
        chunks: The whole file.

    Returns:
        `utf-8`, or the first of `FALLBACK_ENCODINGS` in which all bytes mean something.
    """
    kept, broken, fits_cp1252 = 0, 0, True
    for text in texts_of(chunks, "utf-8"):
        if not text.isascii():
            bad = UNDECODABLE.findall(text)
            broken += len(bad)
            kept += len(text) - len(text.encode("ascii", "ignore")) - len(bad)
            fits_cp1252 &= not any(ord(each) & 0xFF in _NOT_IN_CP1252 for each in set(bad))
    if broken <= kept:
        return "utf-8"
    return FALLBACK_ENCODINGS[0 if fits_cp1252 else 1]


def texts_of(chunks: Iterable[bytes], encoding: str) -> Iterator[str]:
    """Decode a file chunk by chunk; no byte is lost."""
    codecs.register_error(_ERRORS, _as_surrogates)
    decoder = codecs.getincrementaldecoder(encoding)(_ERRORS)
    for chunk in chunks:
        yield decoder.decode(chunk)
    yield decoder.decode(b"", final=True)


def _as_surrogates(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(chr(0xDC00 + byte) for byte in error.object[error.start : error.end]), error.end


def lines_of(texts: Iterable[str], place: str, *, ends_with_cr: bool = False) -> Iterator[str]:
    """Cut text into lines, without their line feeds.

    Args:
        texts: Of a whole file, in pieces.
        place: The file, for errors.
        ends_with_cr: Whether a carriage return alone ends a line; otherwise it stays, also before a line feed.

    Raises:
        DecodeError: When a line is longer than memory should hold.
    """
    newlines = IncrementalNewlineDecoder(None, translate=True)
    open_line: list[str] = []
    for text in texts:
        head, *lines = (newlines.decode(text) if ends_with_cr else text).split("\n")
        open_line.append(head)
        if lines:
            yield "".join(open_line)
            open_line = [lines.pop()]
            yield from lines
        elif sum(map(len, open_line)) > _LINE_CHARACTERS:
            mend = "check the line ends and the encoding of the file"
            raise DecodeError("a line is longer than 64 Mi characters", place=place, mend=mend)
    if rest := "".join(open_line):
        yield rest.removesuffix("\r") if ends_with_cr else rest


def escaped(text: str) -> str:
    r"""The text with backslash escapes for bytes that are no text.

    >>> escaped("caf\udce9")
    'caf\\xe9'
    """
    return UNDECODABLE.sub(lambda found: f"\\x{ord(found[0]) & 0xFF:02x}", text)
