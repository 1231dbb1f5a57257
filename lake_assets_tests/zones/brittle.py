"""A format of which some files can be opened but not read, installed as any other: by an entry point."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl
from polars.io.plugins import register_io_source

from lake_assets.formats import ROW, Decoded, FormatOptions
from lake_assets.model import Dataset, LandedFile


class Brittle:
    """Lines as rows; a file named `fails` cannot be read, `shut` not even opened, `short` is a record short.

    With `careful` in the name the careful path manages where the fast one does not.
    """

    options = FormatOptions

    def __init__(self, dataset: Dataset) -> None:
        del dataset

    def decode(self, file: LandedFile, location: str, storage_options: dict, *, is_careful: bool) -> Decoded:
        del storage_options
        lines = Path(location).read_text(encoding="utf-8").splitlines()
        manages = is_careful and "careful" in file.name
        if "shut" in file.name and not manages:
            raise ValueError("it does not open")
        schema = pl.Schema({"line": pl.String(), ROW: pl.Int64()})

        def source(columns, _predicate, _n_rows, _batch_size) -> Iterator[pl.DataFrame]:
            if "fails" in file.name and not manages:
                raise ValueError("the reader gave up")
            frame = pl.DataFrame({"line": lines, ROW: range(1, len(lines) + 1)}, schema=schema)
            yield frame.select(columns or list(schema))

        wanted = len(lines) + ("short" in file.name and not manages)
        return Decoded(
            register_io_source(source, schema=schema), is_whole=lambda rows, _nulls: rows == wanted
        )
