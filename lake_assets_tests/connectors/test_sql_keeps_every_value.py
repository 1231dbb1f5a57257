# The names in the statements are the tests' own.
# ruff: noqa: S608
"""What a database holds lands with its types, and never less exact."""

from datetime import UTC, date, datetime, time

import pyarrow as pa
import pytest

from lake_assets_tests.connectors.memory import Memory, land
from lake_assets_tests.connectors.sql_source import connector, dataset, pull, tables
from lake_assets_tests.flow.a_lake import ALake

pytestmark = pytest.mark.heavy

COLUMNS = {
    "small": ("smallint", "-32768", pa.int16(), -32768),
    "big": ("bigint", "9223372036854775807", pa.int64(), 2**63 - 1),
    "exact": (
        "numeric(30,10)",
        "'12345678901234567890.0123456789'",
        pa.string(),
        "12345678901234567890.0123456789",
    ),
    "free": ("numeric", "'NaN'", pa.string(), "nan"),
    "real": ("real", "1.5", pa.float32(), 1.5),
    "wide": ("double precision", "0.1", pa.float64(), 0.1),
    "truth": ("boolean", "true", pa.bool_(), True),
    "words": (
        "text",
        "'caf\N{LATIN SMALL LETTER E WITH ACUTE} '",
        pa.string(),
        "caf\N{LATIN SMALL LETTER E WITH ACUTE} ",
    ),
    "padded": ("char(4)", "'ab'", pa.string(), "ab  "),
    "day": ("date", "'2024-02-29'", pa.date32(), date(2024, 2, 29)),
    "clock": ("time", "'12:34:56.789012'", pa.time64("us"), time(12, 34, 56, 789012)),
    "instant": (
        "timestamptz",
        "'2024-05-01 12:00:00.123456+05:30'",
        pa.timestamp("us", "UTC"),
        datetime(2024, 5, 1, 6, 30, 0, 123456, tzinfo=UTC),
    ),
    "wall": (
        "timestamp",
        "'2024-05-01 12:00:00.123456'",
        pa.timestamp("us"),
        datetime(2024, 5, 1, 12, 0, 0, 123456),  # noqa: DTZ001  the column has none
    ),
    "span": ("interval", "'1 year 2 days 3 hours'", pa.string(), "P1Y2DT3H"),
    "raw": ("bytea", r"'\x00ff'", pa.binary(), b"\0\xff"),
    "ident": (
        "uuid",
        "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'",
        pa.string(),
        "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
    ),
    "doc": ("jsonb", """'{"a": 1.10}'""", pa.string(), '{"a": 1.10}'),
    "host": ("inet", "'10.0.0.1/8'", pa.string(), "10.0.0.1/8"),
    "list": ("integer[]", "'{1,NULL,3}'", None, [1, None, 3]),
    "exacts": ("numeric[]", "'{1.10,2}'", pa.string(), "[1.10,2]"),
    'odd "name"': ("text", "'x'", pa.string(), "x"),
    "nothing": ("integer", "NULL", pa.int32(), None),
}


@pytest.fixture
def table(postgres, monkeypatch):
    monkeypatch.setenv("LAKE_TEST_DATABASE", postgres.uri)
    name = f'{postgres.new_schema()}."Odd Orders"'
    columns = ", ".join(
        '"' + column.replace('"', '""') + f'" {kind}' for column, (kind, *_) in COLUMNS.items()
    )
    postgres.run(
        f"CREATE TABLE {name} ({columns})",
        f"INSERT INTO {name} VALUES ({', '.join(literal for _, literal, *_ in COLUMNS.values())})",
    )
    return name


def test_every_type_of_postgresql_lands_exactly(table):
    (found,) = tables(land(connector(), dataset(table), Memory()))
    assert found.column_names == list(COLUMNS)
    for name, (_, _, kind, value) in COLUMNS.items():
        assert kind is None or found.schema.field(name).type == kind, name
        assert found[name].to_pylist() == [value], name


def test_they_become_typed_columns(table, tmp_path):
    a_lake = ALake(tmp_path)
    quoted_table = table.replace('"', '\\"')
    a_lake.write(
        "defs/shop/defs.yaml",
        'type: lake_assets.Source\nattributes:\n  connector: {kind: sql, uri: "${LAKE_TEST_DATABASE}"}\n'
        f'  datasets:\n    orders: {{from: "{quoted_table}", write: replace, columns: {{exact: text}}}}\n',
    )
    a_lake.ingest_whole()
    frame = a_lake.frame("trusted.orders")
    kinds = {
        name: str(frame.schema[name]).split("(")[0]
        for name in ("big", "exact", "wide", "truth", "day", "instant")
    }
    assert kinds == {
        "big": "Int64",
        "exact": "String",
        "wide": "Float64",
        "truth": "Boolean",
        "day": "Date",
        "instant": "Datetime",
    }
    assert frame["exact"].to_list() == ["12345678901234567890.0123456789"]
    assert frame["instant"].to_list() == [datetime(2024, 5, 1, 6, 30, 0, 123456, tzinfo=UTC)]
    assert frame["wall"].to_list() == [datetime(2024, 5, 1, 12, 0, 0, 123456, tzinfo=UTC)]
    assert frame["_rescued"].to_list() == [None]
    assert not a_lake.ingest_whole().is_changed


def test_a_table_without_rows_lands_with_its_columns(postgres, table):
    postgres.run(f"DELETE FROM {table}")
    (found,) = tables(land(connector(), dataset(table), Memory()))
    assert (found.num_rows, found.column_names) == (0, list(COLUMNS))


def test_a_million_rows_land_as_one_file(table):
    (landed,) = land(
        connector(), dataset("SELECT n, n::text AS t FROM generate_series(1, 1000000) AS n"), Memory()
    )
    (found,) = tables([landed])
    assert found.num_rows == 1_000_000
    assert found["n"].to_pylist()[-1] == 1_000_000


def test_a_query_may_be_anything_that_selects(table):
    rows = pull(
        dataset(f'WITH o AS (SELECT * FROM {table}) SELECT count(*) AS n, max("big") AS "B" FROM o; ')
    )
    assert rows == [{"n": 1, "B": 2**63 - 1}]
