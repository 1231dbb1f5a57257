"""What the formats have in common that are read whole in the child."""

from __future__ import annotations

from typing import ClassVar

from lake_assets.formats._apart import Apart
from lake_assets.formats._file_bytes import FileBytes
from lake_assets.formats._foreign import refuse_foreign
from lake_assets.formats._options import checked_options
from lake_assets.formats.protocol import Decoded, FormatOptions
from lake_assets.model import Dataset, LandedFile

__all__ = ["BinaryFormat"]


class BinaryFormat:
    """A format whose files are read in a process of their own, and are good or bad as a whole.

    A subclass names the module that reads them there, and what they are called.
    """

    options: ClassVar[type[FormatOptions]] = FormatOptions
    reader: ClassVar[str]
    """A module with an `open_file`, by its full name."""
    wanted: ClassVar[str]
    """What its files are called, such as `Parquet`."""
    own: ClassVar[tuple[str, ...]]
    """What they look like, as `foreign_kind` names it."""

    def __init__(self, dataset: Dataset) -> None:
        """Check and keep the options."""
        self._options = checked_options(self.options, dataset)
        self._null_tokens = dataset.mapping.null_tokens

    def decode(
        self, file: LandedFile, location: str, storage_options: dict[str, str], *, is_careful: bool
    ) -> Decoded:
        """Make a lazy frame of a file; see `Format.decode`. There is but one path, and it is careful.

        Raises:
            DecodeError: When the file is empty, cut short or something else, or its reader dies of it.
        """
        del is_careful
        data = FileBytes(file, location, storage_options, self._options.max_ratio)
        refuse_foreign(data, self.wanted, self.own)
        given = self._options.model_dump(mode="json", exclude=set(FormatOptions.model_fields))
        return Apart(data, self.reader, given, self.wanted, self._null_tokens).decode()
