"""Small files that are read together come out as each does alone; what is not clean is left to be read alone."""

from __future__ import annotations

import json
import tempfile
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lake_assets.formats import Decoded, open_format
from lake_assets.model import LandedFile
from lake_assets_tests.formats.landing import dataset, landed

CELLS = st.text(st.sampled_from('a1é ,;"\n\r\0'), max_size=3)
PLAIN = st.text(st.sampled_from("a1 é"), max_size=3)
ENDS = st.sampled_from(["\n", "\r\n"])


def csv_text(rows: list[list[str]], end: str, *, is_ended: bool, header: str) -> bytes:
    body = end.join(",".join(row) for row in rows)
    return f"{header}{end}{body}{end if is_ended else ''}".encode()


CSV_FILES = st.one_of(
    st.builds(
        csv_text,
        st.lists(st.lists(PLAIN, min_size=2, max_size=2), min_size=1, max_size=4),
        ENDS,
        is_ended=st.booleans(),
        header=st.sampled_from(["id,name", "id,name", "name,id", "\ufeffid,name", "id;name"]),
    ),
    st.builds(
        csv_text,
        st.lists(st.lists(CELLS, min_size=1, max_size=3), max_size=4),
        ENDS,
        is_ended=st.booleans(),
        header=st.sampled_from(["id,name", '"id",name', "id"]),
    ),
    st.binary(max_size=12),
)
VALUES = st.recursive(
    st.one_of(st.integers(-5, 2**65), st.floats(), st.text("a1\u00e9", max_size=2), st.booleans(), st.none()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=2), st.dictionaries(st.sampled_from("xy"), inner, max_size=2)
    ),
    max_leaves=4,
)
RECORDS = st.lists(st.dictionaries(st.sampled_from(["id", "b", "c"]), VALUES, max_size=3), max_size=4)
JSON_FILES = st.one_of(
    RECORDS.map(lambda records: "\n".join(map(json.dumps, records)).encode()),
    RECORDS.map(lambda records: json.dumps(records).encode()),
    st.lists(
        st.sampled_from(
            ['{"id": 1}', '{"id": "x"}', '{"id": 1, "id": 2}', "", "7", "{", '{"_row": 1}', '{"id": NaN}']
        ),
        max_size=4,
    ).map(lambda lines: "\n".join(lines).encode()),
    st.binary(max_size=12),
)


def decode_all(folder: str, kind: str, contents: list[bytes]) -> list[tuple[LandedFile, str]]:
    files: list[tuple[LandedFile, str]] = []
    for number, content in enumerate(contents, start=1):
        path = Path(folder, f"{number}.{kind}")
        path.write_bytes(content)
        files.append((replace(landed(path), file_id=number), str(path)))
    return files


def together(kind: str, files: list[tuple[LandedFile, str]], **options: object) -> dict[int, Decoded]:
    return open_format(dataset(kind, options)).decode_together(files, {})


def require_alike(kind: str, contents: list[bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        files = decode_all(folder, kind, contents)
        found = together(kind, files)
        for file, location in files:
            if file.file_id in found:
                one = found[file.file_id]
                alone = open_format(dataset(kind)).decode(file, location, {}, is_careful=False)
                rows = one.frame.collect()
                assert rows.equals(alone.frame.collect())
                assert rows.schema == alone.frame.collect_schema()
                assert one.decision == alone.decision
                assert not alone.bad_records
                nulls = rows[alone.witness].null_count() if alone.witness else 0
                assert one.is_whole(rows.height, 0)
                assert alone.is_whole(rows.height, nulls)
                assert not one.is_whole(rows.height + 1, 0)
                mine = one.shared.rows.filter(one.shared.files == file.file_id)
                assert mine.equals(rows)


@given(st.lists(CSV_FILES, min_size=2, max_size=6))
@example([b"id,name\n1,2\n", b"id,name\n3\n1,2,\n", b"id,name\n5,6"])
@example([b"id,name\n1,2\n", b"id,name\n3\n1,2,", b"id,name\n5,6"])
@example([b'id,name\n1,"a\nb"\n', b'id,name\n3,"', b"id,name\n5,6"])
@settings(max_examples=100, deadline=None)
def test_any_csv_files_come_out_as_alone(contents):
    require_alike("csv", contents)


@given(st.lists(JSON_FILES, min_size=2, max_size=6))
@example([b'{"id": 1}\n{"id": 2}', b'{"id": 1.5}\n{"id": 2}', b'{"id": "x"}\n{}'])
@settings(max_examples=100, deadline=None)
def test_any_json_files_come_out_as_alone(contents):
    require_alike("json", contents)


def test_clean_csv_files_are_read_in_one_pass(tmp_path):
    contents = [f'id,name\n{number},"a,b"\n{number},x\n'.encode() for number in range(20)]
    found = together("csv", decode_all(str(tmp_path), "csv", contents))
    assert len(found) == 20
    assert len({id(each.shared) for each in found.values()}) == 1
    assert found[20].frame.collect().rows() == [("19", "a,b", 1), ("19", "x", 2)]


def test_clean_json_files_are_made_rows_at_once(tmp_path):
    contents = [f'{{"id": {number}}}\n{{"id": null}}\n'.encode() for number in range(20)]
    found = together("json", decode_all(str(tmp_path), "json", contents))
    assert len(found) == 20
    assert len({id(each.shared) for each in found.values()}) == 1
    assert found[20].frame.collect().rows() == [(19, 1), (None, 2)]


@pytest.mark.parametrize(
    "spoiled",
    [b"id,name\n1\n2,3,4\n", b"id,name\n1\n2,3,", b'id,name\n1,"x\n', b"id,name\n1,\xff\n", b"\0\1", b""],
)
def test_a_file_that_is_not_clean_is_left_to_be_read_alone_and_stops_no_other(tmp_path, spoiled):
    clean = b"id,name\n1,2\n"
    found = together("csv", decode_all(str(tmp_path), "csv", [clean, clean, spoiled, clean, clean]))
    assert sorted(found) == [1, 2, 4, 5]


@pytest.mark.parametrize(
    "spoiled",
    [
        b'{"id": 1, "id": 2}\n{}',
        b'{"id": 1}\n7',
        b'{"id": NaN}\n{}',
        b'{"id": 1e400}\n{}',
        b'{"_row": 1}\n{}',
        b"{",
    ],
)
def test_json_of_which_something_is_to_be_told_is_left_to_be_read_alone(tmp_path, spoiled):
    clean = b'{"id": 1}\n{"id": 2}'
    found = together("json", decode_all(str(tmp_path), "json", [clean, spoiled, clean]))
    assert sorted(found) == [1, 3]


def test_a_file_that_is_gone_or_cut_is_left_to_be_told_alone(tmp_path):
    files = decode_all(str(tmp_path), "csv", [b"id,name\n1,2\n"] * 4)
    Path(files[0][1]).unlink()
    Path(files[1][1]).write_bytes(b"id,name\n")
    assert sorted(together("csv", files)) == [3, 4]


def test_each_json_file_keeps_the_types_of_its_own_values(tmp_path):
    contents = [b'{"id": 1}\n{"id": 2}', b'{"id": "x"}\n{"id": 2}', b'{"id": 3}\n{"id": 4}']
    found = together("json", decode_all(str(tmp_path), "json", contents))
    kinds = [found[number].frame.collect_schema()["id"] for number in (1, 2, 3)]
    assert kinds == [pl.Int64(), pl.String(), pl.Int64()]


def test_declared_documents_are_read_alone(tmp_path):
    files = decode_all(str(tmp_path), "json", [b'{"id": 1}\n{"id": 2}'] * 2)
    assert together("json", files, lines=False) == {}
