"""The search finds the value wherever it may hide: packed, encoded, escaped, in a column, in a name, half written."""

import bz2
import gzip
import io
import json
import lzma
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
    "column.parquet": _parquet(pl.DataFrame({"a": ["x"] * 500 + [f"to {SUBJECT}."]})),
    "nested.parquet": _parquet(pl.DataFrame({"a": [[{"b": [SUBJECT]}]]})),
    "_delta_log/1.json": json.dumps({"add": {"stats": json.dumps({"minValues": {"a": SUBJECT}})}}).encode(),
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


def test_what_cannot_be_unpacked_is_told(tmp_path):
    (tmp_path / "cut.csv.gz").write_bytes(gzip.compress(LINE * 100)[:40])
    (remains,) = prove(LakeRoot(str(tmp_path)), WORDS).remains
    assert remains.how.startswith("gzip: cannot be unpacked")


def test_a_short_value_is_not_searched_for_everywhere(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"Ada\n")
    assert not Words(["Ada"])
    assert prove(LakeRoot(str(tmp_path)), Words(["Ada"])).remains == ()
