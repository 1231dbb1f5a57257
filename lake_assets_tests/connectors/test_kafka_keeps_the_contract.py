import json
from dataclasses import dataclass

import pytest

from lake_assets.model import Dataset, Source
from lake_assets_tests.connectors.contract import ConnectorContract, PlainOutside
from lake_assets_tests.connectors.kafka_broker import Broker

pytestmark = pytest.mark.heavy

NOON = 1_700_000_000_000
SASL = {
    "security.protocol": "SASL_PLAINTEXT",
    "sasl.mechanism": "PLAIN",
    "sasl.username": "lake",
    "sasl.password": "${LAKE_TEST_SECRET}",
}


@dataclass
class Messages(PlainOutside):
    """A topic with a message in each partition, read by a user with a password."""

    broker: Broker | None = None
    topic_id: str = ""

    def touched(self) -> int:
        return 0

    def add(self) -> bytes:
        partition = len(self.expected)
        value = b'{"id": %d, "name": "caf\xc3\xa9"}' % partition
        self.broker.put(self.dataset.origin, value, partition=partition, key=b"\xff", timestamp=NOON)
        head = {
            "kafka": 1,
            "topic": self.dataset.origin,
            "topic_id": self.topic_id,
            "partition": partition,
            "from": 0,
            "until": 1,
            "messages": 1,
            "schemas": {},
        }
        line = {"partition": partition, "offset": 0, "timestamp": NOON, "key": {"base64": "/w=="}}
        rows = [head, {**line, "headers": [], "value": value.decode()}]
        written = (json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows)
        self.expected.append("".join(written).encode())
        return self.expected[-1]


class TestKafka(ConnectorContract):
    kind = "kafka"

    @pytest.fixture
    def outside(self, kafka):
        topic = kafka.topic(partitions=6)
        source = Source("broker", "kafka", {"bootstrap_servers": kafka.sasl_servers, "settings": SASL})
        gone = {"bootstrap_servers": "127.0.0.1:1", "settings": SASL, "timeout_s": 1}
        dataset = Dataset("flights", "broker", origin=topic)
        messages = Messages(source, dataset, Source("broker", "kafka", gone), broker=kafka)
        messages.topic_id = kafka.topic_id(topic)
        for _ in range(3):
            messages.add()
        return messages
