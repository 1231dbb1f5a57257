"""The bytes of one landed file without the records of a person: proved by reading them, or not made at all.

What comes out of the new bytes must be what came out of the old ones, record by record under the same numbers, but for
the records that are gone and the words that are overwritten. Where that cannot be shown the file is to be withdrawn:
its bytes go, and its other rows stay in the tables.
"""

from __future__ import annotations

import bz2
import csv
import hashlib
import io
import json
import lzma
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

import polars as pl
import pyarrow as pa

from lake_assets.erasure.proof import found_in
from lake_assets.erasure.spans import Span, csv_spans, json_line_spans, json_spans, line_spans
from lake_assets.erasure.words import Words
from lake_assets.errors import LakeError
from lake_assets.formats import ROW, Decoded, FileBytes, open_format
from lake_assets.model import Dataset, LandedFile
from lake_assets.storage.root import LakeRoot

__all__ = ["ROUGH", "Original", "redacted"]

_Spans = Callable[[str, Mapping[str, object]], Iterator[Span]]
_LINES: dict[str, _Spans] = dict.fromkeys(("fixed_width", "lines", "weblog"), line_spans)
_FRAMES = ("parquet", "arrow")
ROUGH = ".erasure-"
"""What the name of a folder under the root begins with in which new bytes are proved."""

_FAILS = (LakeError, pl.exceptions.PolarsError, ValueError, csv.Error, OSError, RecursionError)


@dataclass(frozen=True)
class Original:
    """A landed file as it is.

    Args:
        root: The lake.
        dataset: Of which dataset.
        file: The file.
    """

    root: LakeRoot
    dataset: Dataset
    file: LandedFile

    @cached_property
    def decoded(self) -> Decoded | None:
        """What comes out of it; None when it cannot be read."""
        return _decoded(self.dataset, self.file, self.root.locate(self.file.path), self.root.storage_options)

    @property
    def data(self) -> FileBytes:
        """Its bytes."""
        return FileBytes(self.file, self.root.locate(self.file.path), self.root.storage_options)

    @cached_property
    def plain(self) -> bytes:
        """All its bytes, decompressed."""
        return b"".join(self.data.chunks())

    def holds(self, words: Words) -> bool:
        """Whether one of the words stands in it, or in its name."""
        if not words or words.are_in(self.file.name):
            return bool(words)
        with self.root.files.open(self.file.path) as stream:
            if any(found_in(stream.read(), words)):
                return True
        if self.dataset.format in {"csv", "json", *_LINES} or self.decoded is None:
            return False
        rows = self.decoded.frame
        hits = [words.within(pl.col(name), kind) for name, kind in rows.collect_schema().items()]
        return not rows.filter(pl.any_horizontal(hits)).head(1).collect(engine="streaming").is_empty()


def _decoded(dataset: Dataset, file: LandedFile, location: str, options: dict[str, str]) -> Decoded | None:
    try:
        return open_format(dataset).decode(file, location, options, is_careful=True)
    except _FAILS:
        return None


def redacted(original: Original, rows: Collection[int], words: Words) -> bytes | None:
    """The bytes of a file without some records and words; None where they cannot be made and proved.

    Args:
        original: The file.
        rows: Numbers of the records that go.
        words: What is overwritten in all others.
    """
    if original.decoded is None or 0 in rows:
        return None
    try:
        made = _made(original, original.decoded, rows, words)
        return made if made is not None and _is_proved(original, made, rows, words) else None
    except _FAILS:
        return None


def _made(original: Original, decoded: Decoded, rows: Collection[int], words: Words) -> bytes | None:
    kind = original.dataset.format
    if kind in _FRAMES:
        return _as_frame(kind, decoded, rows, words)
    spans = _LINES.get(kind) or {"csv": csv_spans, "json": _json(decoded)}.get(kind)
    if spans is None:
        return None
    plain = original.plain
    encoding = _encoding(plain, decoded.decision)
    text = plain.decode(encoding, "surrogateescape")
    how = {**original.dataset.format_options, **decoded.decision}
    left = words.masked(_without(text, spans(text, how), rows))
    return _compressed(left.encode(encoding, "surrogateescape"), original.data.compression)


def _json(decoded: Decoded) -> _Spans:
    return json_line_spans if decoded.decision.get("lines") else json_spans


def _encoding(plain: bytes, decision: Mapping[str, object]) -> str:
    said = decision.get("encoding")
    if isinstance(said, str) and said:
        return said
    return json.detect_encoding(plain[:4]).replace("utf-8-sig", "utf-8")


def _without(text: str, spans: Iterator[Span], rows: Collection[int]) -> str:
    parts: list[str] = []
    position = 0
    for number, span in enumerate(spans, start=1):
        if number in rows:
            parts += [text[position : span.start], span.empty]
            position = span.end
    return "".join([*parts, text[position:]])


def _compressed(plain: bytes, compression: str) -> bytes:
    if compression == "plain":
        return plain
    if compression == "bzip2":
        return bz2.compress(plain)
    if compression == "xz":
        return lzma.compress(plain)
    packed = pa.BufferOutputStream()
    with pa.CompressedOutputStream(packed, compression) as stream:
        stream.write(plain)
    return bytes(packed.getvalue().to_pybytes())


def _as_frame(kind: str, decoded: Decoded, rows: Collection[int], words: Words) -> bytes:
    """The file encoded anew, with nothing in the records that go."""
    frame = _masked(decoded.frame, words).collect(engine="streaming").sort(ROW)
    is_gone = pl.col(ROW).is_in(list(rows))
    left = frame.select(
        pl.when(is_gone).then(None).otherwise(pl.col(name)).alias(name)
        for name in frame.columns
        if name != ROW
    )
    packed = io.BytesIO()
    if kind == "parquet":
        left.write_parquet(packed)
    else:
        left.write_ipc(packed)
    return packed.getvalue()


def _masked(rows: pl.LazyFrame, words: Words) -> pl.LazyFrame:
    if not words:
        return rows
    return rows.with_columns(
        words.over(pl.col(name), kind).alias(name) for name, kind in rows.collect_schema().items()
    )


def _is_proved(original: Original, made: bytes, rows: Collection[int], words: Words) -> bool:
    """Whether what comes out of the new bytes is what came out of the old ones, but for what is to be gone."""
    file = replace(
        original.file,
        name="redacted",
        size_bytes=len(made),
        newlines=made.count(b"\n"),
        sha256=hashlib.sha256(made).hexdigest(),
    )
    root = original.root
    with TemporaryDirectory(prefix=ROUGH, dir=root.uri if root.is_local else None) as folder:
        path = Path(folder, original.file.path.rpartition("/")[2])
        path.write_bytes(made)
        again = _decoded(original.dataset, file, str(path), {})
        if original.decoded is None or again is None:
            return False
        return (
            _bad(original.decoded, rows, words) == _bad(again, rows, Words(()))
            and _are_alike(_left(_masked(original.decoded.frame, words), rows), _left(again.frame, rows))
            and _is_gone(again, rows)
        )


def _is_gone(again: Decoded, rows: Collection[int]) -> bool:
    """Whether nothing that can be read is left in the records that go."""
    kept = [bad.raw for bad in again.bad_records if bad.row in rows]
    there = again.frame.filter(pl.col(ROW).is_in(list(rows))).drop(ROW).collect(engine="streaming")
    kept += [str(value) for row in there.rows() for value in row if _pruned(value)]
    return not any(letter.isalnum() for text in kept for letter in text)


def _bad(decoded: Decoded, rows: Collection[int], words: Words) -> list[tuple[int, str]]:
    return [(bad.row, words.masked(bad.raw)) for bad in decoded.bad_records if bad.row not in rows]


def _left(frame: pl.LazyFrame, rows: Collection[int]) -> pl.DataFrame:
    return frame.filter(~pl.col(ROW).is_in(list(rows))).collect(engine="streaming").sort(ROW)


def _are_alike(before: pl.DataFrame, after: pl.DataFrame) -> bool:
    """Whether two frames say the same; an element that only a record had that is gone may be gone with it."""
    if before[ROW].to_list() != after[ROW].to_list():
        return False
    names = {*before.columns, *after.columns}
    return all(_column(before, name) == _column(after, name) for name in names)


def _column(frame: pl.DataFrame, name: str) -> list[object]:
    if name not in frame.columns:
        return [None] * frame.height
    column = frame[name]
    if column.dtype.is_nested():
        return [_pruned(value) for value in column.to_list()]
    return cast("list[object]", column.cast(pl.String, strict=False).to_list())


def _pruned(value: object) -> object:
    """A nested value without what is null in it."""
    if isinstance(value, dict):
        return {name: _pruned(each) for name, each in value.items() if each is not None} or None
    return [_pruned(each) for each in value] if isinstance(value, list) else value
