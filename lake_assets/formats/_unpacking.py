"""Any format, also where its files come in archives."""

from __future__ import annotations

from collections.abc import Sequence

from lake_assets.errors import DecodeError
from lake_assets.formats._archive import Archive
from lake_assets.formats._archive_members import ArchiveMembers, archive_kind
from lake_assets.formats._file_bytes import FileBytes
from lake_assets.formats.protocol import Decoded, DecodesTogether, Format, FormatOptions
from lake_assets.model import Dataset, LandedFile

__all__ = ["Unpacking"]


class Unpacking:
    """A format that looks into an archive once a file has turned out not to be of the format itself.

    Files that are what they should be cost nothing more than without it.

    Args:
        reader: The declared format.
        dataset: Whose files are read.
    """

    def __init__(self, reader: Format, dataset: Dataset) -> None:
        """Keep the format, and what is declared about archives."""
        self._reader = reader
        declared = {name: dataset.format_options.get(name) for name in FormatOptions.model_fields}
        given = {name: value for name, value in declared.items() if value is not None}
        self._options = FormatOptions.model_validate(given)

    @property
    def options(self) -> type[FormatOptions]:
        """The options of the format."""
        return type(self._reader).options

    def decode(
        self, file: LandedFile, location: str, storage_options: dict[str, str], *, is_careful: bool
    ) -> Decoded:
        """Make a lazy frame of a file, or of the members of an archive; see `Format.decode`.

        Raises:
            DecodeError: When it is neither a file of the format nor an archive of such files.
        """
        try:
            return self._reader.decode(file, location, storage_options, is_careful=is_careful)
        except DecodeError:
            data = FileBytes(file, location, storage_options, self._options.max_ratio)
            kind = archive_kind(data)
            if not kind:
                raise
        return Archive(self._reader, ArchiveMembers(data, kind, self._options)).decode()

    def decode_together(
        self, files: Sequence[tuple[LandedFile, str]], storage_options: dict[str, str]
    ) -> dict[int, Decoded]:
        """Decode many small files at once, where the format can; see `DecodesTogether`."""
        reader = self._reader
        return reader.decode_together(files, storage_options) if isinstance(reader, DecodesTogether) else {}
