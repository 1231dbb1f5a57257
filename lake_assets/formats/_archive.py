"""Archives: each member is decoded by the declared format, and all of them make one frame."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import polars as pl

from lake_assets.errors import DecodeError
from lake_assets.formats._archive_members import ArchiveMembers, Member
from lake_assets.formats._bad_records import BadRecords
from lake_assets.formats._lazy_blocks import lazy_blocks
from lake_assets.formats.protocol import ROW, Decoded, Format

__all__ = ["Archive"]

_SMALL_BYTES = 1 << 20
_NAMED_MEMBERS = 1_000
_FAULTS = (DecodeError, pl.exceptions.PolarsError, ValueError)


@dataclass(frozen=True)
class _Placed:
    """What was found in one member.

    Args:
        name: Of the member.
        first: The number of its first record in the archive.
        rows: How many rows it gives.
        records: How many records it has, the bad ones too.
        is_careful: By which path it is read.
        schema: Of its rows; None when it could not be read.
    """

    name: str
    first: int
    rows: int
    records: int
    is_careful: bool = False
    schema: pl.Schema | None = None

    @property
    def note(self) -> dict[str, object]:
        """Where its records are, for the record."""
        return {"name": self.name, "first_row": self.first, "last_row": self.first + self.records - 1}


@dataclass
class _Found:
    """All members, and what they have in common."""

    bad: BadRecords
    members: list[_Placed] = field(default_factory=list)
    elements: dict[str, pl.DataType] = field(default_factory=dict)

    @property
    def records(self) -> int:
        return sum(each.records for each in self.members)

    @property
    def schema(self) -> pl.Schema:
        return pl.Schema({**self.elements, ROW: pl.Int64()})

    def add(self, member: _Placed) -> None:
        self.members.append(member)
        for name, kind in (member.schema or {}).items():
            known = self.elements.get(name, kind)
            self.elements[name] = kind if known == kind else pl.String()
        self.elements.pop(ROW, None)


@dataclass(frozen=True)
class Archive:
    """An archive read with care: once to see what is in each member, and again whenever the rows are wanted.

    The record numbers go on from member to member. A member that cannot be read is one bad record.

    Args:
        reader: The declared format.
        members: What is in the archive.
    """

    reader: Format
    members: ArchiveMembers

    def decode(self) -> Decoded:
        """Judge every member, and make the frame of the good ones.

        Raises:
            DecodeError: When the archive is damaged, is a bomb, or holds no member that can be read.
        """
        place = self.members.data.place
        found = _Found(BadRecords(place, "declare the format that the members have"))
        for member in self.members:
            self._look(member, found)
        if not any(each.schema for each in found.members):
            raise self._nothing(found)
        rows = sum(each.rows for each in found.members)
        frame = lazy_blocks(lambda: self._blocks(found), found.schema)
        is_small = sum(each.rows for each in found.members) * len(found.schema) * 8 < _SMALL_BYTES
        return Decoded(
            frame.collect().lazy() if is_small else frame,
            found.bad.found,
            is_whole=lambda counted, _nulls: counted == rows,
            decision=self._decision(found),
        )

    def _decision(self, found: _Found) -> dict[str, object]:
        named = [each.note for each in found.members[:_NAMED_MEMBERS]]
        return {"archive": self.members.kind, "member_count": len(found.members), "members": named}

    def _nothing(self, found: _Found) -> DecodeError:
        bad = found.bad.found
        why = f": {bad[0].raw}: {bad[0].reason}" if bad else ", none is there"
        mend = "let the source send members of the declared format, or declare the format that they have"
        return DecodeError(
            f"no member of the archive can be read{why}", place=self.members.data.place, mend=mend
        )

    def _look(self, member: Member, found: _Found) -> None:
        first = found.records + 1
        try:
            decoded, is_careful = self._place(member)
        except _FAULTS as error:
            reason = error.what if isinstance(error, DecodeError) else str(error)
            found.bad.add(first, member.file.name, f"the member cannot be read: {reason}")
            found.add(_Placed(member.file.name, first, rows=0, records=1))
            return
        count = decoded.frame.select(pl.len().alias("rows"), pl.col(ROW).max().alias("last"))
        [(rows, last)] = count.collect(engine="streaming").rows()
        for bad in decoded.bad_records:
            found.bad.add(first - 1 + bad.row, bad.raw, bad.reason)
        records = max([last or 0, *(bad.row for bad in decoded.bad_records)])
        found.add(_Placed(member.file.name, first, rows, records, is_careful, decoded.frame.collect_schema()))

    def _place(self, member: Member) -> tuple[Decoded, bool]:
        """The member by the fast path where that proves whole, else by the careful one."""
        if member.damage:
            raise DecodeError(member.damage, place=member.file.name)
        try:
            decoded = self._decode(member, is_careful=False)
            if _is_whole(decoded):
                return decoded, False
        except _FAULTS:
            pass
        decoded = self._decode(member, is_careful=True)
        if not _is_whole(decoded):
            raise DecodeError("not every record came out of it", place=member.file.name)
        return decoded, True

    def _decode(self, member: Member, *, is_careful: bool) -> Decoded:
        return self.reader.decode(member.file, member.location, {}, is_careful=is_careful)

    def _blocks(self, found: _Found) -> Iterator[pl.DataFrame]:
        for placed, member in zip(found.members, self.members, strict=True):
            if placed.schema:
                decoded = self._decode(member, is_careful=placed.is_careful)
                yield from self._rows(decoded.frame, placed, found.schema)

    @staticmethod
    def _rows(frame: pl.LazyFrame, placed: _Placed, schema: pl.Schema) -> Iterator[pl.DataFrame]:
        known: Mapping[str, pl.DataType] = placed.schema or {}
        cells = [_cell(name, known.get(name), kind) for name, kind in schema.items() if name != ROW]
        wanted = frame.select(*cells, pl.col(ROW) + (placed.first - 1))
        yield from wanted.collect_batches(maintain_order=True, engine="streaming")


def _is_whole(decoded: Decoded) -> bool:
    nulls = pl.col(decoded.witness).null_count() if decoded.witness else pl.lit(0)
    counted = decoded.frame.select(pl.len().alias("rows"), nulls.alias("nulls"))
    [(rows, null_count)] = counted.collect(engine="streaming").rows()
    return decoded.is_whole(rows, null_count)


def _cell(name: str, found: pl.DataType | None, wanted: pl.DataType) -> pl.Expr:
    """An element as all members have it; text where they differ, nested values as JSON."""
    if found is None:
        return pl.lit(None, wanted).alias(name)
    element = pl.col(name)
    if found == wanted:
        return element
    if not found.is_nested():
        return element.cast(wanted)
    encoded = pl.struct(element.alias("v")).struct.json_encode().str.strip_prefix('{"v":').str.head(-1)
    return pl.when(element.is_not_null()).then(encoded).alias(name)
