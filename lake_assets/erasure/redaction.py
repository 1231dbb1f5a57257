"""The bytes of one landed file without the records of a person: proved by reading them, or not made at all.

What comes out of the new bytes must be what came out of the old ones, record by record under the same numbers, but for
the records that are gone and the words that are overwritten. Where that cannot be shown the file is to be withdrawn:
its bytes go, and its other rows stay in the tables.
"""

from __future__ import annotations

import bz2
import hashlib
import io
import json
import lzma
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import cast

import polars as pl
import pyarrow as pa

from lake_assets.erasure.archives import archive_without
from lake_assets.erasure.original import FAILS, Original, decoded_at, require_of_the_file, rough_folder
from lake_assets.erasure.proof import found_in
from lake_assets.erasure.spans import LINES, Span, csv_spans, json_line_spans, json_spans
from lake_assets.erasure.words import Words
from lake_assets.formats import ROW, Decoded, avro_anew

__all__ = ["redacted"]

_Spans = Callable[[str, Mapping[str, object]], Iterator[Span]]
_FRAMES = ("parquet", "arrow")


def redacted(original: Original, rows: Collection[int], words: Words) -> bytes | None:
    """The bytes of a file without some records and words; None where they cannot be made and proved.

    Args:
        original: The file.
        rows: Numbers of the records that go.
        words: What is overwritten in all others.

    Raises:
        OSError: When the machine gives out.
        StorageError: When the store does.
    """
    if original.decoded is None or 0 in rows:
        return None
    try:
        made = _made(original, original.decoded, rows, words)
        if made is None or any(found_in(made, words)):
            return None
        return made if _is_proved(original, made, rows, words) else None
    except FAILS as error:
        require_of_the_file(error)
        return None


def _made(original: Original, decoded: Decoded, rows: Collection[int], words: Words) -> bytes | None:
    kind = original.dataset.format
    if "archive" in decoded.decision:
        left = archive_without(original, rows, words, redacted)
        return _compressed(left, original.data.compression)
    if kind in _FRAMES:
        return _as_frame(kind, decoded, rows, words)
    if kind == "avro":
        return _compressed(avro_anew(original.plain, rows, words.masked), original.data.compression)
    return _as_text(original, decoded, rows, words)


def _as_text(original: Original, decoded: Decoded, rows: Collection[int], words: Words) -> bytes | None:
    """A text with its records replaced where they stand."""
    kind = original.dataset.format
    spans = LINES.get(kind) or {"csv": csv_spans, "json": _json(decoded)}.get(kind)
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
    with rough_folder(original.root) as folder:
        path = Path(folder, original.file.path.rpartition("/")[2])
        path.write_bytes(made)
        again = decoded_at(original.dataset, file, str(path), {})
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
