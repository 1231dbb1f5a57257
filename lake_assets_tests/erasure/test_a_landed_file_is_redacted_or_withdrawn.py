"""Of a file whose bytes can be made and proved without the person the others' bytes stay; any other is withdrawn."""

import bz2
import io
import json
import lzma

import polars as pl
import pyarrow as pa
import pytest

from lake_assets_tests.erasure.landed import CSV, LEFT, ROWS, erase_one, lake_of
from lake_assets_tests.erasure.people import SUBJECT, places_of

FRAME = pl.DataFrame(ROWS)


def _zstd(data):
    packed = pa.BufferOutputStream()
    with pa.CompressedOutputStream(packed, "zstd") as stream:
        stream.write(data)
    return packed.getvalue().to_pybytes()


def _parquet():
    packed = io.BytesIO()
    FRAME.write_parquet(packed)
    return packed.getvalue()


REDACTED = {
    "plain": ("csv", CSV.encode(), LEFT),
    "quoted over two lines": (
        "csv",
        f'id;email;note\n1;a@example.org;"x;\n""y"""\n2;"{SUBJECT}";"about\n{SUBJECT}"\n3;c@example.org;z'.encode(),
        b'id;email;note\n1;a@example.org;"x;\n""y"""\n;;\n3;c@example.org;z',
    ),
    "with carriage returns": ("csv", CSV.replace("\n", "\r\n").encode(), LEFT.replace(b"\n", b"\r\n")),
    "with a byte order mark": ("csv", b"\xef\xbb\xbf" + CSV.encode(), b"\xef\xbb\xbf" + LEFT),
    "in latin-1": (
        "{kind: csv, encoding: latin-1}",
        CSV.replace("c@", "ç@").encode("latin-1"),
        LEFT.replace(b"c@", b"\xe7@"),
    ),
    "in UTF-16": ("csv", CSV.encode("utf-16"), LEFT.decode().encode("utf-16")),
    "with lines above the table": (
        "{kind: csv, preamble: 2}",
        f"a report\nfor {SUBJECT}\n{CSV}".encode(),
        b"a report\nfor " + b"*" * len(SUBJECT) + b"\n" + LEFT,
    ),
    "lines of JSON": (
        "json",
        "\n".join(map(json.dumps, ROWS)).encode(),
        b'{"id": 1, "email": "a@example.org"}\n{}\n{"id": 3, "email": "c@example.org"}',
    ),
    "a document with its records inside": (
        "{kind: json, records: data.people}",
        json.dumps({"for": SUBJECT, "data": {"people": ROWS, "n": [1.10, 3]}}).encode(),
        json.dumps(
            {"for": "*" * len(SUBJECT), "data": {"people": [ROWS[0], {}, ROWS[2]], "n": [1.10, 3]}}
        ).encode(),
    ),
    "of fixed width": (
        "{kind: fixed_width, columns: {id: 2, email: 30}, skip_lines: 1}",
        f"a head\n1 a@example.org\n2 {SUBJECT}\n3 c@example.org\n".encode(),
        f"a head\n1 a@example.org\n{'*' * (len(SUBJECT) + 2)}\n3 c@example.org\n".encode(),
    ),
    "with a pattern of its own": (
        r"{kind: weblog, pattern: '^(?P<id>\d) (?P<email>\S+)$'}",
        f"1 a@example.org\n2 {SUBJECT}\n3 c@example.org\n".encode(),
        f"1 a@example.org\n{'*' * (len(SUBJECT) + 2)}\n3 c@example.org\n".encode(),
    ),
    "with escapes": (
        "json",
        json.dumps(ROWS).replace("@", "\\u0040").encode(),
        json.dumps([ROWS[0], {}, ROWS[2]]).replace("@", "\\u0040").encode(),
    ),
}
PACKED = {"bz2": (bz2.compress, bz2.decompress), "xz": (lzma.compress, lzma.decompress)}


@pytest.mark.parametrize("case", REDACTED)
def test_text_keeps_every_other_byte(a_lake, case):
    kind, data, left = REDACTED[case]
    assert "files redacted" in erase_one(lake_of(a_lake, kind, data))
    assert list(a_lake.landed_bytes().values()) == [left]


@pytest.mark.parametrize("packing", PACKED)
def test_packed_text_stays_packed(a_lake, packing):
    pack, unpack = PACKED[packing]
    assert "files redacted" in erase_one(lake_of(a_lake, "csv", pack(CSV.encode())))
    assert [unpack(data) for data in a_lake.landed_bytes().values()] == [LEFT]


def test_parquet_is_written_anew(a_lake):
    assert "files redacted" in erase_one(lake_of(a_lake, "parquet", _parquet()))
    (data,) = a_lake.landed_bytes().values()
    assert pl.read_parquet(data).rows() == [(1, "a@example.org"), (None, None), (3, "c@example.org")]


XML = "".join(["<people>", *(f"<p><id>{i}</id><email>{e}</email></p>" for i, e in FRAME.rows()), "</people>"])


@pytest.fixture
def withdrawn(a_lake):
    """A lake with a file that cannot be written anew."""
    lake_of(a_lake, "xml", XML.encode())
    assert "files withdrawn, their other rows stay" in erase_one(a_lake)
    return a_lake


def test_what_cannot_be_written_anew_is_withdrawn(withdrawn):
    assert withdrawn.landed_bytes() == {}
    assert withdrawn.rows("governance.processed_files", "outcome", "path", "sha256") == [
        ("withdrawn", "", "")
    ]
    assert not withdrawn.ingest_whole().is_changed


def test_the_rows_of_a_withdrawn_file_outlive_another_type(withdrawn):
    withdrawn.drop("people-2.data", XML.replace(SUBJECT, "b@example.org").encode())
    withdrawn.ingest_whole()
    text = (withdrawn.folder / "defs/inbox/defs.yaml").read_text()
    withdrawn.write("defs/inbox/defs.yaml", text.replace("id: int", "id: float"))
    assert not withdrawn.lake.replay("people", "another type").failures
    assert withdrawn.rows("formatted.people", "id") == [(1.0,), (3.0,), (1.0,), (2.0,), (3.0,)]
    assert len(withdrawn.rows("trusted.people")) == 5


def test_a_withdrawn_file_sent_again_goes_no_further(withdrawn):
    withdrawn.drop("people-again.data", XML.encode())
    withdrawn.ingest_whole()
    assert sorted(withdrawn.rows("governance.processed_files", "outcome")) == [("erased",), ("withdrawn",)]
    assert places_of(withdrawn.folder / "lake", SUBJECT) == []


def test_a_name_that_says_who_is_overwritten(a_lake):
    lake_of(a_lake, "csv", CSV.encode(), name=f"people-{SUBJECT}.csv")
    erase_one(a_lake)
    (path,) = a_lake.landed_bytes()
    assert path.endswith(f"_people-{'-' * len(SUBJECT)}.csv")
    assert places_of(a_lake.folder / "lake", "lovelace") == []
    assert a_lake.rows("governance.processed_files", "origin") == [(f"people-{'*' * len(SUBJECT)}.csv",)]


def test_a_file_that_could_not_be_read_is_withdrawn(a_lake):
    lake_of(a_lake, "csv", CSV.encode())
    a_lake.drop("people-2.data", b"\x89PNG\r\n\x1a\n" + SUBJECT.encode())
    a_lake.ingest()
    assert len(a_lake.landed_bytes()) == 2
    erase_one(a_lake)
    assert list(a_lake.landed_bytes().values()) == [LEFT]
