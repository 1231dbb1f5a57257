"""Whatever bytes change in a file, its rows are all there or it is refused; nothing else happens to this process."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lake_assets.errors import DecodeError
from lake_assets.formats import open_format
from lake_assets_tests.formats.landing import dataset, place
from lake_assets_tests.formats.tables import arrow_file, arrow_stream, avro, parquet

TABLE = pa.table(
    {
        "id": pa.array(range(50), pa.uint16()),
        "name": [f"name {number % 7}" for number in range(50)],
        "tags": [[str(number), None] if number % 3 else None for number in range(50)],
    }
)
SCHEMA = {
    "type": "record",
    "name": "r",
    "fields": [{"name": "id", "type": "long"}, {"name": "name", "type": "string"}],
}
FILES = {
    "parquet": ("parquet", parquet(TABLE, compression="snappy")),
    "arrow file": ("arrow", arrow_file(TABLE)),
    "arrow stream": ("arrow", arrow_stream(TABLE)),
    "avro": ("avro", avro(SCHEMA, [{"id": number, "name": "x"} for number in range(50)], "deflate")),
}


@pytest.mark.parametrize("name", FILES)
@given(data=st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_changed_file_is_read_whole_or_refused(name, data):
    kind, stored = FILES[name]
    changed = bytearray(stored)
    for _ in range(data.draw(st.integers(1, 3))):
        changed[data.draw(st.integers(0, len(stored) - 1))] = data.draw(st.integers(0, 255))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "file")
        path.write_bytes(changed)
        try:
            outcome = place(open_format(dataset(kind)), path)
        except DecodeError:
            return
    assert outcome.is_whole
    assert outcome.numbers == list(range(1, outcome.frame.height + 1))


@pytest.mark.parametrize("kind", ["excel", "xml", "html"])
@given(stored=st.binary(min_size=1, max_size=200))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_bytes_are_read_or_refused(kind, stored):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "file")
        path.write_bytes(stored)
        try:
            outcome = place(open_format(dataset(kind)), path)
        except DecodeError:
            return
    assert outcome.is_whole
