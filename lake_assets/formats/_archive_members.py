"""The members of zip and tar archives, each unpacked to a place of its own and gone again after it is read.

No member's name becomes a path on this machine, so none leaves the folder.
"""

from __future__ import annotations

import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, BinaryIO

from lake_assets.errors import DecodeError
from lake_assets.formats._decompression import DAMAGE, is_of_the_machine
from lake_assets.formats._file_bytes import FileBytes
from lake_assets.formats._foreign import foreign_kind
from lake_assets.formats.apart.limits import Expansion, TooLargeError
from lake_assets.formats.protocol import FormatOptions
from lake_assets.model import LandedFile

__all__ = ["ARCHIVE_DAMAGE", "ArchiveMembers", "Member", "archive_kind"]

_CHUNK_BYTES = 1 << 20
_BLOCK_BYTES = 512
_OFFICE = {"[Content_Types].xml", "mimetype"}
_SYSTEM = ("__MACOSX/", ".DS_Store", "Thumbs.db")
ARCHIVE_DAMAGE = (
    *DAMAGE,
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    struct.error,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OverflowError,
)
"""What Python raises when an archive or a member of it is cut, damaged, encrypted or packed in an unknown way."""


def archive_kind(data: FileBytes) -> str:
    """`zip` or `tar`; empty when the file is neither, or an Office document, which is a zip archive inside."""
    found = foreign_kind(data.head)
    if found == "a tar archive":
        return "tar"
    return "zip" if found.startswith("a ZIP archive") and not _is_office(data) else ""


def _is_office(data: FileBytes) -> bool:
    try:
        with data.on_disk() as stream, zipfile.ZipFile(stream) as archive:
            return not _OFFICE.isdisjoint(archive.namelist())
    except ARCHIVE_DAMAGE:
        return False


@dataclass(frozen=True)
class Member:
    """A member, unpacked.

    Args:
        file: As if it had landed by itself.
        location: Where it is for now.
        damage: Why it cannot be unpacked; empty when it was.
    """

    file: LandedFile
    location: str
    damage: str = ""


@dataclass(frozen=True)
class _Packed:
    name: str
    open: Callable[[], AbstractContextManager[IO[bytes]]]


@dataclass(frozen=True)
class ArchiveMembers:
    """What is in an archive, in its order.

    Args:
        data: The archive.
        kind: `zip` or `tar`.
        options: Which members are wanted, and how much may come out of them.
    """

    data: FileBytes
    kind: str
    options: FormatOptions

    def __iter__(self) -> Iterator[Member]:
        """Unpack one member after the other; each is gone when the next one is asked for.

        Raises:
            DecodeError: When the archive as a whole is damaged, is a bomb, or has more members than it may.
        """
        expansion = Expansion(self.data.file.size_bytes, self.options.max_ratio)
        try:
            with self.data.on_disk() as stream, TemporaryDirectory(prefix="lake-member-") as folder:
                packed = _zip_members(stream) if self.kind == "zip" else self._tar_members(stream)
                for number, each in enumerate(filter(self._is_wanted, packed), start=1):
                    self._check_number(number)
                    yield self._unpacked(each, Path(folder, "member"), expansion)
        except TooLargeError as error:
            mend = "declare a larger max_ratio under format, if the archive is what it should be"
            raise DecodeError(f"the archive is a bomb: {error}", place=self.data.place, mend=mend) from error
        except ARCHIVE_DAMAGE as error:
            if is_of_the_machine(error):
                raise
            raise self._damaged(error) from error

    def _is_wanted(self, packed: _Packed) -> bool:
        is_system = packed.name.startswith(_SYSTEM) or packed.name.endswith(_SYSTEM)
        return fnmatchcase(packed.name, self.options.members) and not is_system

    def _check_number(self, number: int) -> None:
        if number > self.options.max_members:
            mend = "declare a larger max_members under format, or choose members by a pattern"
            what = f"the archive has more than {self.options.max_members:,} members"
            raise DecodeError(what, place=self.data.place, mend=mend)

    def _unpacked(self, packed: _Packed, path: Path, expansion: Expansion) -> Member:
        hashed, newlines, size, damage = sha256(), 0, 0, ""
        try:
            with packed.open() as source, path.open("wb") as copy:
                while chunk := source.read(_CHUNK_BYTES):
                    expansion.add(len(chunk))
                    hashed.update(chunk)
                    newlines, size = newlines + chunk.count(b"\n"), size + len(chunk)
                    copy.write(chunk)
        except ARCHIVE_DAMAGE as error:
            if is_of_the_machine(error):
                raise
            damage = f"the member cannot be unpacked: {error}"
        name = f"{self.data.file.name}/{packed.name}"
        file = replace(
            self.data.file, name=name, sha256=hashed.hexdigest(), size_bytes=size, newlines=newlines
        )
        return Member(file, str(path), damage)

    def _tar_members(self, stream: BinaryIO) -> Iterator[_Packed]:
        """Regular files. Links and devices are left out: they hold nothing."""
        with tarfile.open(fileobj=stream, mode="r:") as archive:
            for each in archive:
                if each.isreg():
                    yield _Packed(each.name, lambda each=each: _member_stream(archive, each))  # type: ignore[misc]
            stream.seek(archive.offset)
            if stream.read(_BLOCK_BYTES).strip(b"\0") or not archive.offset:
                raise tarfile.ReadError(f"what stands at byte {archive.offset:,} is no member")

    def _damaged(self, error: Exception) -> DecodeError:
        mend = "let the source send the archive again, complete"
        return DecodeError(
            f"the {self.kind} archive is cut or damaged: {error}", place=self.data.place, mend=mend
        )


def _member_stream(archive: tarfile.TarFile, member: tarfile.TarInfo) -> AbstractContextManager[IO[bytes]]:
    stream = archive.extractfile(member)
    if stream is None:
        raise tarfile.ExtractError("it is no file")
    return stream


def _zip_members(stream: BinaryIO) -> Iterator[_Packed]:
    with zipfile.ZipFile(stream) as archive:
        for each in archive.infolist():
            if not each.is_dir():
                yield _Packed(each.filename, lambda each=each: archive.open(each))  # type: ignore[misc]
