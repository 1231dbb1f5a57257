"""Avro files, and zip and tar archives of formats that are redacted, keep all that is not the person's."""

import errno
import gzip
import io
import json
import os
import random
import tarfile
import zipfile
from datetime import UTC, datetime

import fastavro
import polars as pl
import pytest

from lake_assets.lake import erase_subject
from lake_assets_tests.erasure.landed import CSV, LEFT, ROWS, erase_one, lake_of
from lake_assets_tests.erasure.people import SUBJECT, places_of
from lake_assets_tests.formats.packing import tarred

PET = {"type": "record", "name": "pet", "fields": [{"name": "name", "type": "string"}]}
VAN = {"type": "record", "name": "van", "fields": [{"name": "name", "type": "string"}]}
FIELDS = [
    {"name": "id", "type": "long"},
    {"name": "email", "type": ["null", "string"], "default": None},
    {"name": "at", "type": {"type": "long", "logicalType": "timestamp-micros"}},
    {"name": "town", "type": "string", "default": "Turin"},
    {"name": "notes", "type": {"type": "map", "values": {"type": "array", "items": "string"}}},
    {"name": "owns", "type": ["null", PET, VAN]},
]
SCHEMA = {"type": "record", "name": "row", "doc": "people", "fields": FIELDS}


def _record(row, note=""):
    at = datetime(2024, 5, row["id"], 1, 2, 3, 4, tzinfo=UTC)
    more = {"at": at, "town": "Turin", "notes": {"of": [note]}, "owns": ("van", {"name": "Vespa"})}
    return {**row, **more}


def _avro(records, schema=SCHEMA, codec="null"):
    packed = io.BytesIO()
    fastavro.writer(packed, fastavro.parse_schema(schema), records, codec=codec, metadata={"by": "us"})
    return packed.getvalue()


def _read(data):
    reader = fastavro.reader(io.BytesIO(data), return_named_type=True)
    return reader, list(reader)


@pytest.mark.parametrize("codec", ["null", "deflate"])
def test_avro_keeps_the_other_records_and_says_nothing_in_the_one_that_goes(a_lake, codec):
    records = [_record(ROWS[0], f"friend of {SUBJECT}"), _record(ROWS[1]), _record(ROWS[2])]
    assert "files redacted" in erase_one(lake_of(a_lake, "avro", _avro(records, codec=codec)))
    (data,) = a_lake.landed_bytes().values()
    reader, left = _read(data)
    assert (reader.codec, reader.metadata["by"], reader.writer_schema["doc"]) == (codec, "us", "people")
    assert left == [
        {**records[0], "notes": {"of": [f"friend of {'*' * len(SUBJECT)}"]}},
        dict.fromkeys(records[0]),
        records[2],
    ]
    assert SUBJECT.encode() not in data
    assert not a_lake.ingest_whole().is_changed


def test_avro_of_which_only_a_mention_goes_keeps_its_schema(a_lake):
    records = [_record(row) for row in ROWS]
    lake_of(a_lake, "avro", _avro(records))
    a_lake.drop("people-2.data", _avro([_record({"id": 4, "email": "d@example.org"}, SUBJECT)]))
    a_lake.ingest_whole()
    done = erase_subject(a_lake.lake, SUBJECT, "", "ticket 7", "the officer")
    assert (done.records, done.proof.remains, done.failures) == (1, (), ())
    assert FIELDS in list(map(_fields, a_lake.landed_bytes().values()))
    assert len(a_lake.rows("formatted.people")) == 3


def _fields(data):
    return json.loads(_read(data)[0].metadata["avro.schema"])["fields"]


def test_avro_that_cannot_be_written_again_as_it_was_is_withdrawn(a_lake):
    # Python knows no year after 9999; whoever wrote the file did.
    schema = {**SCHEMA, "fields": FIELDS[:3]}
    records = [{**row, "at": 300_000_000_000_000_000} for row in ROWS]
    lake_of(a_lake, "avro", _avro(records, schema))
    done = erase_subject(a_lake.lake, SUBJECT, "", "ticket 7", "the officer")
    assert "files withdrawn, their other rows stay" in {each.what for each in done.touched}
    assert (done.proof.remains, done.failures) == ((), ())
    assert a_lake.landed_bytes() == {}
    assert a_lake.rows("trusted.people", "id") == [(1,), (3,)]


LINES = "".join(f"{json.dumps(row)}\n" for row in ROWS).encode()


def _zip(**files):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def _unzipped(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


HEAD, *BODY = CSV.splitlines(keepends=True)


def test_a_zip_archive_keeps_its_members_in_their_order(a_lake):
    members = {"b": f"{HEAD}{BODY[0]}", "c": f"{HEAD}{BODY[1]}", "a": f"{HEAD}{BODY[2]}"}
    assert "files redacted" in erase_one(lake_of(a_lake, "csv", _zip(**members)))
    (data,) = a_lake.landed_bytes().values()
    left = _unzipped(data)
    assert list(left) == ["b", "c", "a"]
    assert left["c"] == f"{HEAD},\n".encode()
    assert (left["a"].decode(), left["b"].decode()) == (members["a"], members["b"])
    assert not a_lake.ingest_whole().is_changed


def test_what_lies_beside_the_members_stays(a_lake):
    data = _zip(people=CSV, readme="what this is", mentions="")
    assert "files redacted" in erase_one(lake_of(a_lake, "{kind: csv, members: people}", data))
    (left,) = a_lake.landed_bytes().values()
    assert _unzipped(left) == {"people": LEFT, "readme": b"what this is", "mentions": b""}


def test_a_packed_tar_archive_of_packed_members_stays_packed(a_lake):
    packed = gzip.compress(tarred({"one": gzip.compress(LINES)}))
    assert "files redacted" in erase_one(lake_of(a_lake, "json", packed))
    (data,) = a_lake.landed_bytes().values()
    with tarfile.open(fileobj=io.BytesIO(gzip.decompress(data))) as archive:
        left = gzip.decompress(archive.extractfile("one").read())
    assert left.splitlines() == [LINES.splitlines()[0], b"{}", LINES.splitlines()[2]]


def test_a_member_of_parquet_is_written_anew(a_lake):
    packed = io.BytesIO()
    pl.DataFrame(ROWS).write_parquet(packed)
    assert "files redacted" in erase_one(lake_of(a_lake, "parquet", _zip(people=packed.getvalue())))
    (data,) = a_lake.landed_bytes().values()
    left = pl.read_parquet(_unzipped(data)["people"]).rows()
    assert left == [(1, "a@example.org"), (None, None), (3, "c@example.org")]


@pytest.mark.parametrize(
    ("kind", "files"),
    [
        ("{kind: csv, members: people}", {"people": CSV, "readme": f"ask {SUBJECT}"}),
        ("xml", {"people": "".join(f"<p><id>{r['id']}</id><email>{r['email']}</email></p>" for r in ROWS)}),
    ],
    ids=["what is not read holds the value", "members are not redacted by themselves"],
)
def test_an_archive_that_cannot_be_written_anew_is_withdrawn(a_lake, kind, files):
    if kind == "xml":
        files = {"people": f"<people>{files['people']}</people>"}
    assert "files withdrawn, their other rows stay" in erase_one(lake_of(a_lake, kind, _zip(**files)))
    assert a_lake.landed_bytes() == {}
    assert places_of(a_lake.folder / "lake", SUBJECT) == []


def test_an_archive_with_a_bomb_beside_its_members_is_withdrawn(a_lake):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("people", CSV)
        archive.writestr("readme", "what this is")
        archive.infolist()[1].file_size = 2 << 30
    lake = lake_of(a_lake, "{kind: csv, members: people}", packed.getvalue())
    assert "files withdrawn, their other rows stay" in erase_one(lake)
    assert a_lake.landed_bytes() == {}


@pytest.mark.parametrize(
    "method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
)
def test_an_archive_with_a_damaged_file_beside_its_members_is_withdrawn(a_lake, method):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        archive.writestr("people", CSV)
        at = packed.tell()
        archive.writestr("readme", random.Random(1).randbytes(200))
    damaged = bytearray(packed.getvalue())
    damaged[at + 60] ^= 0xFF
    lake = lake_of(a_lake, "{kind: csv, members: people}", bytes(damaged))
    assert "files withdrawn, their other rows stay" in erase_one(lake)
    assert a_lake.landed_bytes() == {}


@pytest.mark.parametrize("pack", [_zip, lambda people: gzip.compress(people.encode())], ids=["zip", "gzip"])
def test_nothing_is_withdrawn_when_the_disk_is_full(a_lake, monkeypatch, pack):
    lake = lake_of(a_lake, "csv", pack(people=CSV))
    before = a_lake.landed_bytes()

    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr("pathlib.Path.write_bytes", full)
        with pytest.raises(OSError, match="No space left"):
            erase_subject(lake.lake, SUBJECT, "", "ticket 7", "the officer")
    assert a_lake.landed_bytes() == before
    assert "files redacted" in erase_one(lake)
