"""The proof: every file under a root is read, decoded, unpacked and searched for the words that stand for a person."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from lake_assets.erasure.words import Words
from lake_assets.storage.root import LakeRoot

__all__ = ["Proof", "Remains", "prove"]

_DEEPEST = 4
_BATCH_ROWS = 65_536
_DAMAGE = (
    OSError,
    EOFError,
    ValueError,
    lzma.LZMAError,
    zipfile.BadZipFile,
    tarfile.TarError,
    pa.ArrowException,
)


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
        how = "its name" if words.are_in(path) else next(_found(data, words, 0), "")
        remains += [Remains(path, how)] if how else []
    return Proof(files, size_bytes, tuple(remains))


def _paths(root: LakeRoot, under: str) -> list[str]:
    if not root.is_local:
        return sorted(entry.path for entry in root.files.list(under))
    base = Path(root.uri)
    return sorted(path.relative_to(base).as_posix() for path in (base / under).rglob("*") if path.is_file())


def _found(data: bytes, words: Words, depth: int) -> Iterator[str]:
    """Where in some bytes a word stands."""
    if not words:
        return
    if words.are_in_bytes(data):
        yield "its bytes"
    if data.startswith(b"PAR1"):
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
    for line in data.splitlines():
        try:
            value = json.loads(line)
        except ValueError:
            continue
        if any(words.are_in(text) for text in _texts(value)):
            yield "JSON"
            return


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
    """What is packed in some bytes."""
    for kind, unpack in _UNPACK.items():
        if not data.startswith(_MAGIC[kind]):
            continue
        try:
            for part in unpack(data):
                yield from (f"{kind}: {how}" for how in _found(part, words, depth + 1))
        except _DAMAGE as error:
            yield f"{kind}: cannot be unpacked: {type(error).__name__}"


def _unzipped(data: bytes) -> Iterator[bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            yield name.encode()
            yield archive.read(name)


def _with_arrow(data: bytes) -> Iterator[bytes]:
    with pa.CompressedInputStream(pa.BufferReader(data), "zstd") as stream:
        yield stream.read()


_MAGIC = {
    "gzip": b"\x1f\x8b",
    "zstd": b"\x28\xb5\x2f\xfd",
    "bzip2": b"BZh",
    "xz": b"\xfd7zXZ\0",
    "zip": b"PK\x03\x04",
}
_UNPACK = {
    "gzip": lambda data: iter([gzip.decompress(data)]),
    "zstd": _with_arrow,
    "bzip2": lambda data: iter([bz2.decompress(data)]),
    "xz": lambda data: iter([lzma.decompress(data)]),
    "zip": _unzipped,
}
