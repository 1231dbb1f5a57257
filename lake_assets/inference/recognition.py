"""The format of a file: what its bytes say, then what reads it whole."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from lake_assets.connectors import list_in
from lake_assets.declarations import format_of
from lake_assets.errors import DecodeError
from lake_assets.formats import FileBytes
from lake_assets.inference.delimited import read_delimited
from lake_assets.inference.nature import Nature, media_kind
from lake_assets.inference.reading import Reading, read_samples, try_to_read, why_unread
from lake_assets.inference.sample import Sample
from lake_assets.inference.target import Target
from lake_assets.model import Options

__all__ = ["recognise"]

_BY_BYTES = {
    "parquet": "parquet",
    "arrow": "arrow",
    "avro": "avro",
    "xml": "xml",
    "html": "html",
    "ooxml": "excel",
    "ole": "excel",
    "opendocument": "ods",
}
_SURE = {"json", "parquet", "arrow", "avro", "excel", "ods", "xml"}
"""Formats whose name on a file is believed, so that what is no such file is told and not taken for something else."""

_BLOB = "blob"
_MOSTLY = 0.9
_PROSE_LETTERS = 40

_Attempt = Callable[[], Reading | None]


def recognise(target: Target, samples: Sequence[Sample]) -> Reading:
    """Find the format that reads samples, and read them all.

    Args:
        target: Where they are from.
        samples: At least one; the first that can be read decides.

    Returns:
        What was read; as `blob`, without a frame, where nothing reads it.

    Raises:
        DecodeError: When none can be read, or each is neither what its name says nor anything else; it is that of the
            first.
    """
    failures = []
    for sample in samples:
        try:
            found = _recognised(target, sample)
        except DecodeError as error:
            failures.append(error)
            continue
        return read_samples(target, [sample, *(each for each in samples if each is not sample)], found)
    raise failures[0]


def _recognised(target: Target, sample: Sample) -> Reading:
    for attempt in _attempts(target, sample):
        found = attempt()
        if found is not None and found.frame.width and found.goodness >= _MOSTLY:
            return found
    named = format_of(sample.file.name)
    if named in _SURE:
        raise why_unread(target, sample, named)
    blob = try_to_read(target, sample, _BLOB)
    if blob is None:
        place = f"{target.origin}, {sample.file.name}"
        raise DecodeError("no format reads the file", place=place, mend="declare its format by hand")
    return blob


def _attempts(target: Target, sample: Sample) -> Iterator[_Attempt]:
    if sample.nature is Nature.OPAQUE:
        return
    by_bytes = _BY_BYTES.get(media_kind(sample.file, sample.location))
    by_name = format_of(sample.file.name)
    if by_bytes:
        yield partial(try_to_read, target, sample, by_bytes)
    if by_name not in {by_bytes, "csv", "lines", "json", _BLOB}:
        yield partial(try_to_read, target, sample, by_name)
    yield partial(_as_json, target, sample)
    if by_name in _SURE and (by_name == by_bytes or (by_name == "json" and _begins_as_json(sample))):
        raise why_unread(target, sample, by_name)
    yield partial(try_to_read, target, sample, "weblog")
    yield partial(_as_text, target, sample, by_name)


def _as_json(target: Target, sample: Sample) -> Reading | None:
    if not _text(sample).startswith((b"{", b"[")):
        return try_to_read(target, sample, "json") if _is_archive(sample) else None
    return try_to_read(target, sample, "json", _records(sample))


def _begins_as_json(sample: Sample) -> bool:
    """Whether it is a JSON document, or was to be one."""
    text = _text(sample)
    return text.startswith((b"{", b"[")) or text.strip() in {b"null", b"true", b"false"}


def _text(sample: Sample) -> bytes:
    """The first bytes, without a mark and blanks before them."""
    return FileBytes(sample.file, sample.location).head.lstrip(b"\xef\xbb\xbf \t\r\n")


def _is_archive(sample: Sample) -> bool:
    return media_kind(sample.file, sample.location) in {"zip", "tar"}


def _records(sample: Sample) -> Options:
    """Where the records of a document are, where it is not itself the list of them."""
    if sample.nature is not Nature.WHOLE:
        return {}
    try:
        document = json.loads(b"".join(FileBytes(sample.file, sample.location).chunks()))
    except (ValueError, RecursionError):
        return {}
    names, records = list_in(document)
    is_list = isinstance(records, list) and records and all(isinstance(each, dict) for each in records)
    return {"records": ".".join(map(_quoted, names))} if names and is_list else {}


def _quoted(name: str) -> str:
    """A name as JMESPath has it."""
    return name if name.isidentifier() and name.isascii() else json.dumps(name)


def _as_text(target: Target, sample: Sample, by_name: str) -> Reading | None:
    """Delimited text, or lines where nothing delimits them."""
    found = read_delimited(target, sample)
    is_named = by_name == "csv" and not sample.file.name.endswith(".txt") and "." in sample.file.name
    if found is None or is_named or (found.frame.width > 1 and found.goodness >= _MOSTLY):
        return found
    lines = try_to_read(target, sample, "lines")
    return lines if lines and (by_name == "lines" or _is_prose(lines)) else found


def _is_prose(lines: Reading) -> bool:
    lengths = lines.frame.to_series().str.len_chars()
    return float(lengths.mean() or 0) > _PROSE_LETTERS  # type: ignore[arg-type]  # of numbers
