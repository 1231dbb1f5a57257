"""Zip and tar archives: every member by the declared format, each placed, none outside of its folder."""

from __future__ import annotations

import bz2
import errno
import gzip
import io
import lzma
import os
import random
import tarfile
import zipfile
from pathlib import Path

import polars as pl
import pyarrow as pa
import pytest

from lake_assets.errors import DecodeError
from lake_assets.formats.apart import limits
from lake_assets_tests.formats.packing import tarred
from lake_assets_tests.formats.tables import parquet


def zipped(members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        for name, stored in members.items():
            archive.writestr(zipfile.ZipInfo(name), stored, compression)
    return sink.getvalue()


def zstd(stored: bytes) -> bytes:
    return pa.compress(stored, codec="zstd", asbytes=True)


MEMBERS = {"a.csv": b"id,name\n1,Anna\n2,Ben\n", "sub/": b"", "sub/b.csv": b"id,name\n3\n4,Dora\n"}
FILES = {name: stored for name, stored in MEMBERS.items() if not name.endswith("/")}
ARCHIVES = {
    "zip": zipped(MEMBERS),
    "tar": tarred(FILES),
    "tar.gz": gzip.compress(tarred(FILES)),
    "tar.bz2": bz2.compress(tarred(FILES)),
    "tar.xz": lzma.compress(tarred(FILES)),
    "tar.zst": zstd(tarred(FILES)),
}


@pytest.mark.parametrize("kind", ARCHIVES)
def test_the_records_of_all_members_are_numbered_on(read, kind):
    outcome = read(ARCHIVES[kind], "csv")
    assert outcome.rows == [("1", "Anna"), ("2", "Ben"), ("4", "Dora")]
    assert outcome.numbers == [1, 2, 4]
    [bad] = outcome.decoded.bad_records
    assert (bad.row, bad.raw) == (3, "3")
    assert outcome.is_whole
    decision = outcome.decoded.decision
    assert decision["archive"] == kind.partition(".")[0]
    assert decision["members"] == [
        {"name": "bikes 2024.csv/a.csv", "first_row": 1, "last_row": 2},
        {"name": "bikes 2024.csv/sub/b.csv", "first_row": 3, "last_row": 4},
    ]


def test_one_bad_member_sets_aside_that_member_only(read):
    outcome = read(zipped({"a": b"x\n1\n", "b": b"%PDF-1.7", "c": b"", "d": b"x\n2\n"}), "csv")
    assert outcome.rows == [("1",), ("2",)]
    assert outcome.numbers == [1, 4]
    assert [(bad.row, bad.raw) for bad in outcome.decoded.bad_records] == [
        (2, "bikes 2024.csv/b"),
        (3, "bikes 2024.csv/c"),
    ]
    assert "a PDF document" in outcome.decoded.bad_records[0].reason


PACKED = {
    "stored": zipfile.ZIP_STORED,
    "deflate": zipfile.ZIP_DEFLATED,
    "bzip2": zipfile.ZIP_BZIP2,
    "lzma": zipfile.ZIP_LZMA,
}


@pytest.mark.parametrize("packed", PACKED)
def test_a_damaged_member_is_set_aside(read, packed):
    stored = zipped({"a": b"x\n" + os.urandom(99).hex().encode(), "b": b"x\n2\n"}, PACKED[packed])
    damaged = stored[:60] + bytes([stored[60] ^ 0xFF]) + stored[61:]
    outcome = read(damaged, "csv")
    assert outcome.rows == [("2",)]
    assert "cannot be unpacked" in outcome.decoded.bad_records[0].reason


@pytest.mark.parametrize("packed", [*PACKED, "tar"])
def test_any_bit_may_be_damaged(read, packed):
    members = {"a": b"x\n" + os.urandom(40).hex().encode(), "b": b"x\n2\n"}
    stored = tarred(members) if packed == "tar" else zipped(members, PACKED[packed])
    place, told = len(stored), 0
    for bit in random.Random(packed).sample(range(8 * place), 100):
        damaged = bytearray(stored)
        damaged[bit // 8] ^= 1 << bit % 8
        try:
            told += bool(read(bytes(damaged), "csv").decoded.bad_records)
        except DecodeError:
            told += 1
    assert told > 10


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EMFILE, errno.EIO])
def test_a_machine_that_gives_out_says_nothing_of_a_member(read, monkeypatch, number):
    def gives_out(*_, **__):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(zipfile.ZipExtFile, "read", gives_out)
    with pytest.raises(OSError, match=os.strerror(number)):
        read(ARCHIVES["zip"], "csv")


def test_columns_are_those_of_all_members_and_text_where_types_differ(read):
    members = {
        "a.json": b'[{"id": 1, "at": {"x": 1}, "same": 7}]',
        "b.json": b'[{"id": "two", "at": "north", "same": 8}, {"id": null}]',
        "c.json": b'[{"more": [1]}]',
    }
    frame = read(zipped(members), "json").frame
    assert frame.schema["same"] == pl.Int64
    assert frame.drop("_row").rows() == [
        ("1", '{"x":1}', 7, None),
        ("two", "north", 8, None),
        (None, None, None, None),
        (None, None, None, [1]),
    ]


def test_binary_members_are_read_too(read):
    table = pa.table({"a": range(300_000)})
    outcome = read(zipped({"1.parquet": parquet(table), "2.parquet": parquet(table)}), "parquet")
    assert outcome.frame["a"].to_list() == [*range(300_000)] * 2
    assert outcome.numbers == list(range(1, 600_001))


def test_no_path_leaves_the_folder(read, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    members = {"../../evil.csv": b"x\n1\n", "/etc/evil.csv": b"x\n2\n", "C:\\evil.csv": b"x\n3\n"}
    link = tarfile.TarInfo("link.csv")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    for stored in (zipped(members), tarred(members, (link,))):
        assert read(stored, "csv").rows == [("1",), ("2",), ("3",)]
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["file.data", "temporary"]
    assert not list(Path("/etc").glob("evil*"))


def test_members_are_chosen_by_a_pattern_and_leftovers_of_systems_are_passed_over(read):
    members = {
        "data/a.csv": b"x\n1\n",
        "readme.txt": b"hello",
        "__MACOSX/data/._a.csv": b"\0",
        "data/.DS_Store": b"\0",
    }
    assert read(zipped(members), "csv", members="data/*").rows == [("1",)]
    assert read(zipped({**members, "readme.txt": b"x\n2\n"}), "csv").rows == [("1",), ("2",)]


@pytest.mark.parametrize(
    ("stored", "options", "what"),
    [
        (zipped(FILES), {"max_members": 1}, "more than 1 members"),
        (zipped({}), {}, "ZIP archive"),
        (zipped({"a": b""}), {}, "no member of the archive can be read"),
        (zipped({"a/": b""}), {}, "none is there"),
        (zipped(FILES)[:-30], {}, "cut or damaged"),
        (tarred(FILES)[:700], {}, "cut or damaged"),
        (tarred(FILES)[:1024] + b"x" * 2048, {}, "cut or damaged"),
        (zipped({"a.zip": zipped(FILES)}), {}, "ZIP archive"),
    ],
    ids=[
        "many",
        "nothing",
        "empty member",
        "folders",
        "cut zip",
        "cut tar",
        "damaged tar",
        "archive in an archive",
    ],
)
def test_an_archive_that_cannot_be_read_is_refused(read, stored, options, what):
    with pytest.raises(DecodeError, match=what):
        read(stored, "csv", **options)


@pytest.mark.parametrize(
    "pack", [zipped, lambda members: gzip.compress(tarred(members))], ids=["zip", "tar.gz"]
)
def test_a_bomb_is_refused(read, monkeypatch, pack):
    monkeypatch.setattr(limits, "_FREE_BYTES", 1 << 20)
    members = {f"{number}.csv": b"x\n" + b"0\n" * 400_000 for number in range(4)}
    with pytest.raises(DecodeError, match="bomb"):
        read(pack(members), "csv", max_ratio=2)


def test_an_encrypted_member_is_set_aside(read):
    stored = bytearray(zipped({"a": b"x\n1\n", "b": b"x\n2\n"}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        stored[stored.index(mark) + at] |= 1
    outcome = read(bytes(stored), "csv")
    assert outcome.rows == [("2",)]
    assert "encrypted" in outcome.decoded.bad_records[0].reason
