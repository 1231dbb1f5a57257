"""Avro values land as they are, with the schemas they were written by, and become typed columns."""

import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal

import fastavro
import pytest

from lake_assets.connectors.kafka import Kafka
from lake_assets.errors import ConnectorError
from lake_assets.model import Dataset, Source
from lake_assets_tests.connectors.memory import Memory, land
from lake_assets_tests.connectors.servers import Answer, scripted
from lake_assets_tests.flow.a_lake import ALake

pytestmark = pytest.mark.heavy

PLANE = {"type": "record", "name": "Plane", "fields": [{"name": "tail", "type": "string"}]}
FLIGHT = {
    "type": "record",
    "name": "Flight",
    "fields": [
        {"name": "id", "type": "long"},
        {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
        {"name": "day", "type": {"type": "int", "logicalType": "date"}},
        {"name": "price", "type": {"type": "bytes", "logicalType": "decimal", "precision": 12, "scale": 2}},
        {"name": "delay", "type": ["null", "double"], "default": None},
        {"name": "seen", "type": ["null", {"type": "long", "logicalType": "timestamp-micros"}]},
        {"name": "plane", "type": "Plane"},
    ],
}
REGISTRY = {"url": "{}", "username_env": "LAKE_TEST_USER", "password_env": "LAKE_TEST_SECRET", "retries": 0}


def encoded(number, schema_id=None):
    into = io.BytesIO(b"" if schema_id is None else b"\0" + schema_id.to_bytes(4, "big"))
    into.seek(0, 2)
    named = {}
    fastavro.parse_schema(PLANE, named)
    flight = {
        "id": number,
        "at": datetime(2024, 5, 1, 12, tzinfo=UTC),
        "day": date(2024, 5, 1),
        "price": Decimal("1234567890.12"),
        "plane": {"tail": "N1"},
        "delay": None,
        "seen": None,
    }
    fastavro.schemaless_writer(into, fastavro.parse_schema(FLIGHT, named), flight)
    return into.getvalue()


@pytest.fixture
def registry(monkeypatch):
    """A server that answers as the Schema Registry documents it: a schema by its id, and what it refers to."""
    monkeypatch.setenv("LAKE_TEST_USER", "lake")
    monkeypatch.setenv("LAKE_TEST_SECRET", "s3cr3t-of-the-tests")
    reference = {"name": "Plane", "subject": "planes/value", "version": 2}
    known = {
        "/schemas/ids/7": {"schema": json.dumps(FLIGHT), "references": [reference]},
        "/subjects/planes%2Fvalue/versions/2": {
            "subject": "planes/value",
            "id": 3,
            "schema": json.dumps(PLANE),
        },
        "/schemas/ids/9": {"schema": 'syntax = "proto3";', "schemaType": "PROTOBUF"},
        "/schemas/ids/10": {"unexpected": True},
    }

    def answer(asked):
        assert asked.headers["Authorization"].startswith("Basic ")
        found = known.get(asked.path)
        missing = {"error_code": 40403, "message": "Schema not found"}
        return Answer(json.dumps(found or missing).encode(), status=200 if found else 404)

    with scripted(answer) as server:
        yield server


def a_lake_of(folder, kafka, topic, connector="", options=""):
    a_lake = ALake(folder)
    head = f'{{kind: kafka, bootstrap_servers: "{kafka.servers}"{connector}}}'
    lines = ["type: lake_assets.Source", "attributes:", f"  connector: {head}", "  datasets:", "    flights:"]
    a_lake.write("defs/broker/defs.yaml", "\n".join([*lines, f"      {{from: {topic}, {options}}}", ""]))
    return a_lake


TYPES = {
    "id": "Int64",
    "at": "Datetime(time_unit='us', time_zone='UTC')",
    "day": "Date",
    "price": "String",
    "delay": "Float64",
    "seen": "Datetime(time_unit='us', time_zone='UTC')",
    "plane": "Struct({'tail': String})",
}


def test_values_by_a_registry_are_typed_and_bad_ones_set_aside(kafka, registry, tmp_path):
    topic = kafka.topic()
    unknown, cut, longer = encoded(3, 8), encoded(4, 7)[:-2], encoded(5, 7) + b"!"
    kafka.put(topic, encoded(1, 7), encoded(2, 7), unknown, cut, longer, b"no avro", None)
    declared = (
        f', registry: {{url: "{registry.url}", username_env: LAKE_TEST_USER, password_env: LAKE_TEST_SECRET}}'
    )
    a_lake = a_lake_of(tmp_path, kafka, topic, declared, "options: {avro: registry}, columns: {price: text}")
    a_lake.ingest_whole()
    frame = a_lake.frame("formatted.flights").sort("kafka_offset")
    assert {name: str(frame.schema[name]) for name in TYPES} == TYPES
    assert frame["id"].to_list() == [1, 2, None]
    assert frame["kafka_offset"].to_list() == [0, 1, 6]
    assert frame["at"][0] == datetime(2024, 5, 1, 12, tzinfo=UTC)
    assert (frame["day"][0], frame["price"][0]) == (date(2024, 5, 1), "1234567890.12")
    bad = a_lake.frame("quarantine.flights").sort("_row")
    assert bad["_row"].to_list() == [3, 4, 5, 6]
    assert [asked.path for asked in registry.asked].count("/schemas/ids/7") == 1
    registry.asked.clear()
    assert not a_lake.ingest_whole().is_changed


def test_what_landed_can_be_read_without_the_registry(kafka, registry, tmp_path):
    topic = kafka.topic()
    kafka.put(topic, encoded(1, 7))
    source = Source(
        "broker", "kafka", {"bootstrap_servers": kafka.servers, "registry": {**REGISTRY, "url": registry.url}}
    )
    dataset = Dataset("flights", "broker", origin=topic, connector_options={"avro": "registry"})
    (taken,) = land(Kafka(source), dataset, Memory())
    head, line = (json.loads(each) for each in taken.content.splitlines())
    assert head["schemas"] == {"7": [PLANE, FLIGHT]}
    assert line["schema"] == "7"


def test_values_by_one_schema_in_a_file(kafka, tmp_path, monkeypatch):
    monkeypatch.setenv("LAKE_PROJECT", str(tmp_path))
    flat = {**FLIGHT, "fields": [*FLIGHT["fields"][:-1], {"name": "plane", "type": PLANE}]}
    (tmp_path / "flight.avsc").write_text(json.dumps(flat))
    topic = kafka.topic()
    kafka.put(topic, encoded(1), encoded(2))
    a_lake = a_lake_of(tmp_path, kafka, topic, options="options: {avro: flight.avsc}, columns: {price: text}")
    a_lake.ingest_whole()
    frame = a_lake.frame("formatted.flights").sort("kafka_offset")
    assert {name: str(frame.schema[name]) for name in TYPES} == TYPES
    assert frame["id"].to_list() == [1, 2]


@pytest.mark.parametrize(
    ("schema_id", "what"),
    [(9, "it is not an Avro schema but PROTOBUF"), (10, "the registry answers no schema")],
)
def test_a_schema_that_is_none_stops_the_look(kafka, registry, schema_id, what):
    topic = kafka.topic()
    kafka.put(topic, encoded(1, schema_id))
    source = Source(
        "broker", "kafka", {"bootstrap_servers": kafka.servers, "registry": {**REGISTRY, "url": registry.url}}
    )
    dataset = Dataset("flights", "broker", origin=topic, connector_options={"avro": "registry"})
    with pytest.raises(ConnectorError, match=what):
        land(Kafka(source), dataset, Memory())


def test_a_registry_that_fails_stops_the_look_and_nothing_is_lost(kafka, registry):
    topic, memory = kafka.topic(), Memory()
    kafka.put(topic, encoded(1, 7))
    source = Source(
        "broker", "kafka", {"bootstrap_servers": kafka.servers, "registry": {**REGISTRY, "url": registry.url}}
    )
    dataset = Dataset("flights", "broker", origin=topic, connector_options={"avro": "registry"})
    working, registry.script = registry.script, lambda _asked: Answer(status=503)
    with pytest.raises(ConnectorError, match="503") as caught:
        land(Kafka(source), dataset, memory)
    assert "s3cr3t" not in str(caught.value)
    registry.script = working
    assert len(land(Kafka(source), dataset, memory)) == 1
