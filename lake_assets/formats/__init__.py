"""One landed file to one lazy frame: one file per format."""

from lake_assets.formats._archive_anew import archive_anew
from lake_assets.formats._avro_anew import avro_anew
from lake_assets.formats._decompression import is_of_the_machine
from lake_assets.formats._file_bytes import FileBytes
from lake_assets.formats._media import Media, media_of
from lake_assets.formats.protocol import (
    ROW,
    BadRecord,
    Decoded,
    DecodesTogether,
    Format,
    FormatOptions,
    Shared,
)
from lake_assets.formats.quoted import quoted_record
from lake_assets.formats.registry import format_class, open_format

__all__ = [
    "ROW",
    "BadRecord",
    "Decoded",
    "DecodesTogether",
    "FileBytes",
    "Format",
    "FormatOptions",
    "Media",
    "Shared",
    "archive_anew",
    "avro_anew",
    "format_class",
    "is_of_the_machine",
    "media_of",
    "open_format",
    "quoted_record",
]
