"""Files decoded in a child process, as lazy frames of this one."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from mmap import mmap

import polars as pl
import pyarrow as pa

from lake_assets.errors import DecodeError
from lake_assets.formats._child import a_child
from lake_assets.formats._conversation import Conversation, UnreadError
from lake_assets.formats._file_bytes import FileBytes
from lake_assets.formats._lazy_blocks import lazy_blocks
from lake_assets.formats._names import distinct_names
from lake_assets.formats.apart.wire import WireClosedError
from lake_assets.formats.protocol import ROW, Decoded

__all__ = ["Apart"]

_SMALL_BYTES = 1 << 20


@dataclass(frozen=True)
class _Opened:
    """What the child says of a file before it reads it."""

    said: dict[str, object]

    @property
    def rows(self) -> int | None:
        rows = self.said["rows"]
        return rows if isinstance(rows, int) else None

    @cached_property
    def names(self) -> tuple[str, ...]:
        return distinct_names(self._arrow.names, ours=[ROW])

    @cached_property
    def schema(self) -> pl.Schema:
        empty = self._arrow.empty_table().rename_columns(list(self.names))
        found = pl.DataFrame(empty).schema
        return pl.Schema({**found, ROW: pl.Int64()})

    @cached_property
    def _arrow(self) -> pa.Schema:
        return pa.ipc.read_schema(pa.py_buffer(b64decode(str(self.said["schema"]))))

    @property
    def decision(self) -> dict[str, object]:
        pairs = enumerate(zip(self._arrow.names, self.names, strict=True), start=1)
        renamed = {str(number): name for number, (written, name) in pairs if name != written}
        notes = self.said["notes"]
        found: dict[str, object] = {"renamed": renamed} if renamed else {}
        return {**notes, **found} if isinstance(notes, dict) else found


@dataclass(frozen=True)
class Apart:
    """A file, and the module that reads it in the child.

    Args:
        data: The file.
        reader: A module with an `open_file`, by its full name; see `apart.contents.Reader`.
        options: For it, JSON values.
        wanted: What the file should be, for errors, such as `Parquet`.
        null_tokens: Texts that mean null.
    """

    data: FileBytes
    reader: str
    options: dict[str, object]
    wanted: str
    null_tokens: tuple[str, ...] = ()
    _counted: list[int] = field(default_factory=list, repr=False)

    def decode(self) -> Decoded:
        """Open the file; a small one is read at once.

        Raises:
            DecodeError: When it is not what it should be, or its reader dies of it.
        """
        is_large = self.data.file.size_bytes > _SMALL_BYTES
        with self._conversation() as (conversation, opened):
            head, is_all = ([], False) if is_large else _head(self._frames(conversation, opened))
        if is_all:
            frame = pl.concat([opened.schema.to_frame(), *head]).lazy()
        else:
            frame = lazy_blocks(self._blocks, opened.schema)
        return Decoded(
            frame,
            is_whole=lambda rows, _nulls: (
                [rows] == ([opened.rows] if opened.rows is not None else self._counted[-1:])
            ),
            decision=opened.decision,
        )

    def _blocks(self) -> Iterator[pl.DataFrame]:
        with self._conversation() as (conversation, opened):
            try:
                yield from self._frames(conversation, opened)
            except GeneratorExit:
                return

    def _frames(self, conversation: Conversation, opened: _Opened) -> Iterator[pl.DataFrame]:
        rows = 0
        for block in conversation.blocks():
            frame = _frame(block, opened, rows)
            rows += frame.height
            yield frame.with_columns(self._without_tokens(opened.schema))
        self._counted.append(rows)

    def _without_tokens(self, schema: pl.Schema) -> list[pl.Expr]:
        texts = [pl.col(name) for name, kind in schema.items() if kind == pl.String and self.null_tokens]
        return [pl.when(~text.is_in(self.null_tokens)).then(text).name.keep() for text in texts]

    @contextmanager
    def _conversation(self) -> Iterator[tuple[Conversation, _Opened]]:
        options = {**self.options, "ratio": self.data.max_ratio}
        request: dict[str, object] = {"reader": self.reader, "options": options}
        with self.data.on_disk() as stream, a_child() as child:
            conversation = Conversation(child.wire)
            try:
                yield conversation, _Opened(conversation.open(stream.fileno(), request))
                conversation.stop()
            except UnreadError as error:
                what = "a bomb" if error.is_bomb else f"not {self.wanted}"
                raise self._refusal(f"the file is {what}: {error}", is_bomb=error.is_bomb) from error
            except WireClosedError as error:
                what = f"the file ended the process that read it as {self.wanted}: {child.end()}"
                raise self._refusal(what) from error

    def _refusal(self, what: str, *, is_bomb: bool = False) -> DecodeError:
        mend = "let the source send the file again, complete, or declare the format that it sends"
        larger = "declare a larger max_ratio under format, if the file is what it should be"
        return DecodeError(what, place=self.data.place, mend=larger if is_bomb else mend)


def _head(frames: Iterator[pl.DataFrame]) -> tuple[list[pl.DataFrame], bool]:
    """The first frames, and whether they are all."""
    head: list[pl.DataFrame] = []
    size = 0
    for frame in frames:
        head.append(frame)
        size += int(frame.estimated_size())
        if size > _SMALL_BYTES:
            return head, False
    return head, True


def _frame(block: bytearray | mmap, opened: _Opened, before: int) -> pl.DataFrame:
    table = pa.ipc.open_stream(pa.py_buffer(block)).read_all()
    frame = pl.DataFrame(table.rename_columns(list(opened.names)))
    numbers = pl.int_range(before + 1, before + 1 + frame.height, dtype=pl.Int64, eager=True)
    return frame.with_columns(numbers.alias(ROW)).cast(opened.schema)
