from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest

from lake_assets.errors import StorageError
from lake_assets.formats import open_format
from lake_assets_tests.formats.landing import dataset, landed
from lake_assets_tests.formats.tables import parquet

CSV = b"a,b\n1,2\n3\n4,5\n"
LARGE = b"a,b\n" + b"1,2\n" * 50_000


@pytest.fixture
def options(s3_options: dict[str, str]) -> dict[str, str]:
    return s3_options


@pytest.fixture
def put(options, tmp_path: Path):
    import boto3

    client = boto3.client(
        "s3",
        endpoint_url=options["aws_endpoint_url"],
        region_name="us-east-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )
    client.create_bucket(Bucket="lake")

    def put_bytes(stored: bytes):
        path = tmp_path / "file"
        path.write_bytes(stored)
        client.put_object(Bucket="lake", Key="persistent/bikes/file 1", Body=stored)
        return landed(path)

    yield put_bytes
    client.close()


@pytest.mark.parametrize("is_careful", [False, True])
@pytest.mark.parametrize(("stored", "rows"), [(LARGE, 50_000), (b"a,b\n1,2\n", 1)])
def test_csv_is_read_from_a_bucket(put, options, stored, rows, is_careful):
    file = put(stored)
    decoded = open_format(dataset("csv")).decode(
        file, "s3://lake/persistent/bikes/file 1", options, is_careful=is_careful
    )
    frame = decoded.frame.collect(engine="streaming")
    assert frame["_row"].to_list() == list(range(1, rows + 1))
    assert decoded.is_whole(rows, 0)


def test_records_are_placed_from_a_bucket(put, options):
    reader = open_format(dataset("csv"))
    decoded = reader.decode(put(CSV), "s3://lake/persistent/bikes/file 1", options, is_careful=True)
    assert decoded.frame.collect()["_row"].to_list() == [1, 3]
    assert decoded.bad_records[0].row == 2


def test_json_is_read_from_a_bucket(put, options):
    file = put(b'[{"a": 1}]')
    decoded = open_format(dataset("json")).decode(
        file, "s3://lake/persistent/bikes/file 1", options, is_careful=False
    )
    assert decoded.frame.collect().rows() == [(1, 1)]


def test_an_object_that_is_gone_is_said_to_be(put, options):
    file = replace(put(CSV), name="other")
    with pytest.raises(StorageError, match="gone"):
        open_format(dataset("csv")).decode(
            file, "s3://lake/persistent/bikes/other", options, is_careful=False
        )


@pytest.mark.parametrize("rows", [3, 400_000])
def test_parquet_is_read_from_a_bucket(put, options, rows):
    file = put(parquet(pa.table({"a": range(rows)})))
    decoded = open_format(dataset("parquet")).decode(
        file, "s3://lake/persistent/bikes/file 1", options, is_careful=False
    )
    assert decoded.frame.collect(engine="streaming")["a"].to_list() == list(range(rows))
    assert decoded.is_whole(rows, 0)


def test_lines_are_read_from_a_bucket(put, options):
    file = put(b"a\n" * 200_000)
    decoded = open_format(dataset("lines")).decode(
        file, "s3://lake/persistent/bikes/file 1", options, is_careful=False
    )
    assert decoded.frame.collect(engine="streaming")["_row"].to_list() == list(range(1, 200_001))
