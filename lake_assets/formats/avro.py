"""Avro files."""

from __future__ import annotations

from lake_assets.formats._binary import BinaryFormat

__all__ = ["Avro"]


class Avro(BinaryFormat):
    """Avro object container files. Values keep their types, logical ones too; a union of several kinds is JSON text."""

    reader = "lake_assets.formats.apart.avro_file"
    wanted = "Avro"
    own = ("an Avro file",)
