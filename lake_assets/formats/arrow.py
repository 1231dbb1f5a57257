"""Arrow IPC files and streams."""

from __future__ import annotations

from lake_assets.formats._binary import BinaryFormat

__all__ = ["Arrow"]


class Arrow(BinaryFormat):
    """Arrow IPC, as a file (Feather 2) or a stream. Values keep their types, nested ones too."""

    reader = "lake_assets.formats.apart.arrow_file"
    wanted = "Arrow IPC"
    own = ("an Arrow file",)
