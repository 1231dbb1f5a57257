"""The proof: every file under a root is read, decoded, unpacked and searched for the words that stand for a person."""

from __future__ import annotations

import bz2
import io
import json
import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, cast

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from lake_assets.erasure.words import Words
from lake_assets.model import Zone
from lake_assets.storage.root import LakeRoot

__all__ = ["Proof", "Remains", "found_in", "prove"]

_DEEPEST = 4
_OTHERS = (Zone.TEMPORARY_LANDING.value, Zone.PERSISTENT_LANDING.value)
_BATCH_ROWS = 65_536
_PART_BYTES = 1 << 20
_GZIP = 16 + zlib.MAX_WBITS
_DAMAGE = (
    OSError,
    EOFError,
    ValueError,
    RuntimeError,
    NotImplementedError,
    zlib.error,
    lzma.LZMAError,
    zipfile.BadZipFile,
    pa.ArrowException,
)


class _Decoder(Protocol):
    """What unpacks one stream."""

    @property
    def eof(self) -> bool:
        """Whether it came to its end."""
        ...

    @property
    def unused_data(self) -> bytes:
        """What comes after it."""
        ...

    def decompress(self, data: bytes, /) -> bytes:
        """The plain bytes."""
        ...


@dataclass(frozen=True)
class Remains:
    """A file that holds a word.

    Args:
        path: Under the root.
        how: Where in it: its bytes, its name, a column, what it is when unpacked.
    """

    path: str
    how: str


@dataclass(frozen=True)
class Proof:
    """What a search came to.

    Args:
        files: How many files were read.
        size_bytes: Their bytes, as they are stored.
        remains: The files that hold a word.
    """

    files: int
    size_bytes: int
    remains: tuple[Remains, ...]


def prove(root: LakeRoot, words: Words, under: str = "") -> Proof:
    """Search every file under a root, those that a killed process left half written too.

    Args:
        root: The lake.
        words: What is searched for.
        under: A folder to search alone; empty for all.
    """
    files = size_bytes = 0
    remains: list[Remains] = []
    for path in _paths(root, under):
        try:
            with root.files.open(path) as stream:
                data = stream.read()
        except FileNotFoundError:
            continue
        files, size_bytes = files + 1, size_bytes + len(data)
        is_ours = not path.startswith(_OTHERS)
        how = "its name" if words.are_in(path) else next(found_in(data, words, is_ours=is_ours), "")
        remains += [Remains(path, how)] if how else []
    return Proof(files, size_bytes, tuple(remains))


def _paths(root: LakeRoot, under: str) -> list[str]:
    if not root.is_local:
        return sorted(entry.path for entry in root.files.list(under))
    base = Path(root.uri)
    return sorted(path.relative_to(base).as_posix() for path in (base / under).rglob("*") if path.is_file())


def found_in(data: bytes, words: Words, depth: int = 0, *, is_ours: bool = False) -> Iterator[str]:
    """Where in some bytes a word stands.

    Args:
        data: The bytes of a file, or of a part of one.
        words: What is searched for.
        depth: In how many parts it is packed.
        is_ours: Whether we wrote it: nobody vouches for a Parquet file of others, which is decoded in a process apart.
    """
    if not words:
        return
    if words.are_in_bytes(data):
        yield "its bytes"
    if data.startswith(b"PAR1") and is_ours:
        yield from _in_columns(data, words)
    elif data.startswith((b"{", b"[")):
        yield from _in_json(data, words)
    if depth < _DEEPEST:
        yield from _in_parts(data, words, depth)


def _in_columns(data: bytes, words: Words) -> Iterator[str]:
    """The columns of a parquet file of which a cell holds a word, whatever they nest."""
    try:
        file = pq.ParquetFile(pa.BufferReader(data))
        for batch in file.iter_batches(_BATCH_ROWS):
            frame = cast("pl.DataFrame", pl.from_arrow(batch))
            for column in frame.iter_columns():
                if _holds(column, words):
                    yield f"column {column.name}"
                    return
    except (pa.ArrowException, pl.exceptions.PolarsError) as error:
        yield f"cannot be read: {type(error).__name__}"


def _holds(column: pl.Series, words: Words) -> bool:
    if column.dtype.is_nested():
        return any(
            words.are_in(json.dumps(value, default=str, ensure_ascii=False)) for value in column.to_list()
        )
    if column.dtype == pl.Binary():
        return any(words.are_in(cast("bytes", value).decode("latin-1")) for value in column.drop_nulls())
    texts = column.cast(pl.String, strict=False)
    return bool(texts.str.contains(words.pattern).any())


def _in_json(data: bytes, words: Words) -> Iterator[str]:
    """JSON whose texts say a word once their escapes are read, also where a text is JSON itself."""
    # Without a backslash the texts stand there as they are, and have been searched.
    if b"\\" in data and any(_says(value, words) for value in _values(data)):
        yield "JSON"


def _says(value: object, words: Words) -> bool:
    try:
        return words.are_in("\n".join(_texts(value)))
    except RecursionError:
        return False


def _values(data: bytes) -> Iterator[object]:
    """A document, or the lines that are JSON."""
    try:
        yield json.loads(data)
    except RecursionError:
        return
    except ValueError:
        for line in data.splitlines():
            try:
                yield json.loads(line)
            except (ValueError, RecursionError):
                continue


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for name, each in value.items():
            yield name
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, str):
        yield value
        if value.startswith(("{", "[")):
            try:
                yield from _texts(json.loads(value))
            except ValueError:
                return


def _in_parts(data: bytes, words: Words, depth: int) -> Iterator[str]:
    """What is packed in some bytes, as far as it can be unpacked."""
    for kind, (magic, unpack) in _PACKED.items():
        if data.startswith(magic):
            for part in unpack(data):
                yield from (f"{kind}: {how}" for how in found_in(part, words, depth + 1))


def _unpacked(data: bytes, decoder: Callable[[], _Decoder]) -> Iterator[bytes]:
    """One stream after the other; of one that is cut or damaged what comes before."""
    parts: list[bytes] = []
    try:
        while data:
            stream = decoder()
            parts.append(stream.decompress(data))
            data = stream.unused_data if stream.eof else b""
    except _DAMAGE:
        pass
    yield b"".join(parts)


def _unzipped(data: bytes) -> Iterator[bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield name.encode()
                yield archive.read(name)
    except _DAMAGE:
        return


def _with_arrow(data: bytes) -> Iterator[bytes]:
    parts: list[bytes] = []
    try:
        with pa.CompressedInputStream(pa.BufferReader(data), "zstd") as stream:
            while part := stream.read(_PART_BYTES):
                parts.append(part)
    except _DAMAGE:
        pass
    yield b"".join(parts)


_PACKED: dict[str, tuple[bytes, Callable[[bytes], Iterator[bytes]]]] = {
    "gzip": (b"\x1f\x8b", lambda data: _unpacked(data, lambda: zlib.decompressobj(_GZIP))),
    "bzip2": (b"BZh", lambda data: _unpacked(data, bz2.BZ2Decompressor)),
    "xz": (b"\xfd7zXZ\0", lambda data: _unpacked(data, lzma.LZMADecompressor)),
    "zstd": (b"\x28\xb5\x2f\xfd", _with_arrow),
    "zip": (b"PK\x03\x04", _unzipped),
}
