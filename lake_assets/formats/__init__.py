"""One landed file to one lazy frame: one file per format."""

from lake_assets.formats.protocol import ROW, BadRecord, Decoded, Format, FormatOptions
from lake_assets.formats.registry import format_class, open_format

__all__ = [
    "ROW",
    "BadRecord",
    "Decoded",
    "Format",
    "FormatOptions",
    "format_class",
    "open_format",
]
