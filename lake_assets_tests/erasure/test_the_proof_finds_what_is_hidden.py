"""The search finds the value wherever it may hide: packed, encoded, escaped, in a column, in a name, half written."""

import bz2
import gzip
import io
import json
import lzma
import random
import zipfile

import polars as pl
import pytest

from lake_assets.erasure import Words, prove
from lake_assets.storage.root import LakeRoot
from lake_assets_tests.erasure.people import SUBJECT

WORDS = Words([SUBJECT])
LINE = f"x,{SUBJECT},y\n".encode()


def _parquet(frame):
    packed = io.BytesIO()
    frame.write_parquet(packed, compression="zstd")
    return packed.getvalue()


def _zip(data):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("part.csv", data)
    return packed.getvalue()


HIDDEN = {
    "plain.csv": LINE,
    "capital.csv": LINE.upper(),
    "wide.csv": LINE.decode().encode("utf-16"),
    "packed.csv.gz": gzip.compress(LINE),
    "packed.csv.bz2": bz2.compress(LINE),
    "packed.csv.xz": lzma.compress(LINE),
    "packed.zip": _zip(LINE),
    "twice.zip": _zip(gzip.compress(LINE)),
    "two.csv.gz": gzip.compress(b"nothing here") + gzip.compress(LINE),
    "column.parquet": _parquet(pl.DataFrame({"a": ["x"] * 500 + [f"to {SUBJECT}."]})),
    "nested.parquet": _parquet(pl.DataFrame({"a": [[{"b": [SUBJECT]}]]})),
    "_delta_log/1.json": json.dumps({"add": {"stats": json.dumps({"minValues": {"a": SUBJECT}})}}).encode(),
    "escaped_lines.json": json.dumps([{"a": SUBJECT}], indent=1).replace("@", "\\u0040").encode(),
    "escaped.json": json.dumps({"a": SUBJECT}).replace("@", "\\u0040").encode(),
    f"{SUBJECT}.csv": b"a,b\n",
    ".half.lake-part": LINE,
}


@pytest.mark.parametrize("name", HIDDEN)
def test_it_is_found(tmp_path, name):
    (tmp_path / "z" / name).parent.mkdir(parents=True)
    (tmp_path / "z" / name).write_bytes(HIDDEN[name])
    proof = prove(LakeRoot(str(tmp_path)), WORDS)
    assert [each.path for each in proof.remains] == [f"z/{name}"]
    assert (proof.files, proof.size_bytes) == (1, len(HIDDEN[name]))


def test_another_person_is_not(tmp_path):
    (tmp_path / "others.csv").write_bytes(b"lada.lovelace@example.org\nada.lovelace@example.orgs\n")
    assert prove(LakeRoot(str(tmp_path)), WORDS).remains == ()


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress])
def test_what_is_cut_is_searched_as_far_as_it_goes(tmp_path, pack):
    (tmp_path / "cut").write_bytes(pack(LINE + random.Random(7).randbytes(100_000))[:60_000])
    (tmp_path / "broken.gz").write_bytes(b"\x1f\x8b of nothing")
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04 of nothing")
    (remains,) = prove(LakeRoot(str(tmp_path)), WORDS).remains
    assert remains.path == "cut"


def test_a_short_value_is_not_searched_for_everywhere(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"Ada\n")
    assert not Words(["Ada"])
    assert prove(LakeRoot(str(tmp_path)), Words(["Ada"])).remains == ()


def test_what_nests_without_end_does_not_end_the_search(tmp_path):
    (tmp_path / "deep.json").write_bytes(b'{"a":"\\\\","b":' + b"[" * 100_000 + b"]" * 100_000 + b"}")
    (tmp_path / "found.json").write_bytes(LINE)
    assert [each.path for each in prove(LakeRoot(str(tmp_path)), WORDS).remains] == ["found.json"]
