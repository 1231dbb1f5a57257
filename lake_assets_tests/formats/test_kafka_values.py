import io
import json
import uuid
from base64 import b64encode
from datetime import UTC, datetime, time

import fastavro
import polars as pl
import pytest

from lake_assets.errors import DecodeError
from lake_assets.formats import ROW, open_format
from lake_assets_tests.formats.landing import dataset, decode

NOON = 1_714_564_800_123


def line(value, offset=0, **more):
    return {
        "partition": 2,
        "offset": offset,
        "timestamp": NOON,
        "key": None,
        "headers": [],
        "value": value,
        **more,
    }


@pytest.fixture
def read(tmp_path):
    """Decodes lines as they are landed."""

    def decoded(*lines, schemas=None, **options):
        head = {"kafka": 1, "messages": len(lines), "schemas": schemas or {}}
        path = tmp_path / "messages.ndjson"
        path.write_text("".join(json.dumps(each) + "\n" for each in [head, *lines]))
        return decode(open_format(dataset("kafka", options)), path)

    return decoded


def test_elements_of_values_stand_beside_what_every_message_has(read):
    outcome = read(line('{"id": 1, "at": {"x": 2}}', 7, key="k", headers=[["a", "b"], ["a", None]]))
    assert outcome.frame.drop(ROW).to_dicts() == [
        {
            "id": 1,
            "at": {"x": 2},
            "kafka_partition": 2,
            "kafka_offset": 7,
            "kafka_timestamp": datetime(2024, 5, 1, 12, 0, 0, 123_000, tzinfo=UTC),
            "kafka_key": "k",
            "kafka_headers": [{"name": "a", "value": "b"}, {"name": "a", "value": None}],
        }
    ]


def test_bytes_that_are_no_text_are_told_as_base64(read):
    told = {"base64": "/w=="}
    outcome = read(line('{"id": 1}', key=told, headers=[["h", told]], timestamp=None))
    assert outcome.frame["kafka_key"].to_list() == ["/w=="]
    assert outcome.frame["kafka_headers"].to_list() == [[{"name": "h", "value": "/w=="}]]
    assert outcome.frame["kafka_timestamp"].to_list() == [None]


def test_a_tombstone_is_a_row_without_elements(read):
    outcome = read(line('{"id": 1}'), line(None, 1, key="1"))
    assert outcome.frame.select("id", "kafka_offset", "kafka_key").rows() == [(1, 0, None), (None, 1, "1")]


def test_tombstones_alone_are_rows(read):
    assert read(line(None)).frame["kafka_offset"].to_list() == [0]


def test_no_message_at_all_is_a_frame_without_elements(read):
    assert read().frame.schema == {ROW: pl.Int64}


def test_values_as_text_and_as_base64(read):
    assert read(line("a,b"), value="text").frame["value"].to_list() == ["a,b"]
    assert read(line("a"), line({"base64": "/w=="}), value="base64").frame["value"].to_list() == [
        "YQ==",
        "/w==",
    ]


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("{", "the value is not JSON"),
        ("[1]", "not an object but a list"),
        ({"base64": "/w=="}, "no text in UTF-8"),
        ('{"kafka_offset": 1}', "an element named kafka_offset"),
        ('{"a": ' * 100_000, "nested too deep"),
    ],
)
def test_what_is_no_record_is_set_aside_with_its_line(read, value, reason):
    outcome = read(line(value), line('{"id": 2}'))
    (bad,) = outcome.decoded.bad_records
    assert reason in bad.reason
    assert json.loads(bad.raw)["value"] == value
    assert outcome.numbers == [2]
    assert outcome.is_whole


def test_a_line_that_is_no_message_is_set_aside(read):
    assert [bad.reason for bad in read("text", {"key": 1}).decoded.bad_records] == [
        "the line is no message"
    ] * 2


def test_numbers_beyond_double_precision_are_kept_as_text(read):
    assert read(line('{"x": 1e400}'), line('{"x": 1}')).frame["x"].to_list() == ["1e400", "1"]


@pytest.mark.parametrize(
    "first", [b"{}", b"[]", b"7", b'{"kafka": 2, "messages": 0}', b'{"kafka": 1}', b"no json"]
)
def test_a_file_of_something_else_is_refused(tmp_path, first):
    path = tmp_path / "x"
    path.write_bytes(first + b"\n")
    with pytest.raises(DecodeError, match="does not begin with a line about its messages"):
        decode(open_format(dataset("kafka")), path)


@pytest.mark.parametrize("cut", [1, 30, 90])
def test_a_file_that_is_cut_is_refused(tmp_path, cut):
    path = tmp_path / "x"
    whole = "".join(
        json.dumps(each) + "\n" for each in [{"kafka": 1, "messages": 1}, line('{"id": 1}')]
    ).encode()
    path.write_bytes(whole[:-cut])
    with pytest.raises(DecodeError, match="the file is cut: 0 of 1 messages"):
        decode(open_format(dataset("kafka")), path)


SCHEMA = {
    "type": "record",
    "name": "R",
    "fields": [{"name": "n", "type": ["null", "long"]}, {"name": "u", "type": ["null", "long", "string"]}],
}


def test_avro_values_have_the_types_of_their_schema_also_where_all_are_null(read):
    outcome = read(line("\0\0", schema="file"), schemas={"file": [SCHEMA]})
    assert outcome.frame.schema["n"] == pl.Int64
    assert outcome.frame.schema["u"] == pl.String
    assert outcome.decoded.decision["schemas"] == ["file"]


LOGICAL = {
    "type": "record",
    "name": "L",
    "fields": [
        {"name": "id", "type": {"type": "string", "logicalType": "uuid"}},
        {"name": "at", "type": {"type": "int", "logicalType": "time-millis"}},
        {"name": "raw", "type": "bytes"},
        {"name": "list", "type": {"type": "array", "items": "double"}},
        {"name": "by", "type": {"type": "map", "values": "boolean"}},
        {"name": "flag", "type": "boolean"},
    ],
}


def test_avro_types_that_json_has_not_are_told_as_text(read):
    into = io.BytesIO()
    row = {
        "id": uuid.UUID(int=1),
        "at": time(1, 2, 3),
        "raw": b"\xff",
        "list": [0.5],
        "by": {"a": True},
        "flag": True,
    }
    fastavro.schemaless_writer(into, fastavro.parse_schema(LOGICAL), row)
    told = {"base64": b64encode(into.getvalue()).decode()}
    (found,) = read(line(told, schema="file"), schemas={"file": [LOGICAL]}).frame.select(*row).to_dicts()
    expected = {"id": str(uuid.UUID(int=1)), "at": "01:02:03", "raw": "/w==", "list": [0.5]}
    assert found == {**expected, "by": {"a": True}, "flag": True}


def test_an_avro_value_that_is_no_record_is_an_element_named_value(read):
    assert read(line("\x02", schema="file"), schemas={"file": ["long"]}).frame["value"].to_list() == [1]


@pytest.mark.parametrize(
    ("value", "schema", "schemas", "reason"),
    [
        ("\0\0", "", {}, "does not begin with the id of a schema"),
        ("\0\0\0\0\7\0\0", "7", {}, "does not know the schema 7"),
        ("\0\0", "file", {"file": [{"type": "nonsense"}]}, "no Avro schema"),
        ("\x02", "file", {"file": [SCHEMA]}, "does not fit its Avro schema"),
        ("\0\0\0", "file", {"file": [SCHEMA]}, "1 bytes are left over"),
        ("\x09\0", "file", {"file": [SCHEMA]}, "does not fit its Avro schema"),
    ],
)
def test_an_avro_value_that_cannot_be_read_is_set_aside(read, value, schema, schemas, reason):
    outcome = read(line(value, schema=schema), line(None), schemas=schemas)
    (bad,) = outcome.decoded.bad_records
    assert reason in bad.reason
    assert outcome.numbers == [2]
