"""A real Kafka broker on this machine, a single KRaft node; its jars come from Maven Central once."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from confluent_kafka import Consumer, KafkaException, Producer, TopicCollection, TopicPartition
from confluent_kafka.admin import AdminClient, NewPartitions, NewTopic, OffsetSpec

from lake_assets_tests.connectors.system_servers import free_port, listens, program, wait_until

VERSION = "4.1.0"
_POM = f"""<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>lake_assets</groupId><artifactId>kafka</artifactId><version>1</version><dependencies><dependency>
<groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>{VERSION}</version>
</dependency></dependencies></project>"""
_SETTINGS = """\
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:{controller}
listeners=PLAINTEXT://127.0.0.1:{plain},SASL://127.0.0.1:{sasl},CONTROLLER://127.0.0.1:{controller}
advertised.listeners=PLAINTEXT://127.0.0.1:{plain},SASL://127.0.0.1:{sasl}
controller.listener.names=CONTROLLER
listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SASL:SASL_PLAINTEXT
sasl.enabled.mechanisms=PLAIN
listener.name.sasl.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required \
user_lake="{secret}";
log.dirs={folder}/data
auto.create.topics.enable=false
offsets.topic.replication.factor=1
offsets.topic.num.partitions=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
"""
SECRET = "s3cr3t-of-the-tests"


@dataclass
class Broker:
    """The broker, and what tests put there.

    Args:
        servers: Its address for everybody.
        sasl_servers: Its address for the user `lake` with the password of the tests.
        process: The number of its process.
    """

    servers: str
    sasl_servers: str
    process: int

    def __post_init__(self) -> None:
        self.admin = AdminClient({"bootstrap.servers": self.servers, "log_level": 0})
        self._producer = self._new_producer()

    def _new_producer(self) -> Producer:
        """One that keeps messages in order, also when it has to send one again."""
        ordered = {"linger.ms": 0, "enable.idempotence": True}
        return Producer({"bootstrap.servers": self.servers, "log_level": 0, **ordered})

    def topic(self, partitions: int = 1, name: str = "") -> str:
        """A new topic."""
        named = name or f"topic-{uuid4()}"
        self.admin.create_topics([NewTopic(named, partitions, 1)])[named].result(30)
        wait_until(lambda: self._leads(named, partitions), Path(os.devnull))
        return named

    def _leads(self, topic: str, partitions: int) -> bool:
        """Whether the broker has made new partitions; its metadata show them sooner."""
        if len(self.admin.list_topics(topic, timeout=10).topics[topic].partitions) != partitions:
            return False
        try:
            return all(self.end_of(topic, partition) >= 0 for partition in range(partitions))
        except KafkaException:
            return False

    def end_of(self, topic: str, partition: int) -> int:
        """The offset past the last message of a partition."""
        place = TopicPartition(topic, partition)
        return int(self.admin.list_offsets({place: OffsetSpec.latest()})[place].result(30).offset)

    def topic_id(self, topic: str) -> str:
        described = self.admin.describe_topics(TopicCollection([topic]))[topic].result(30)
        return str(described.topic_id)

    def drop(self, topic: str) -> None:
        self.admin.delete_topics([topic])[topic].result(30)
        wait_until(lambda: topic not in self.admin.list_topics(timeout=10).topics, Path(os.devnull))

    def widen(self, topic: str, partitions: int) -> None:
        """Give a topic more partitions."""
        self.admin.create_partitions([NewPartitions(topic, partitions)])[topic].result(30)
        wait_until(lambda: self._leads(topic, partitions), Path(os.devnull))
        self._producer = self._new_producer()  # knows the new ones

    def put(self, topic: str, *values: bytes | None, partition: int = 0, **more: object) -> None:
        """Put messages at the end of a partition, and see that they are there."""
        refused, before = list[object](), self.end_of(topic, partition)
        for value in values:
            self._producer.produce(
                topic, value, partition=partition, on_delivery=lambda error, _: refused.append(error), **more
            )
        assert self._producer.flush(30) == 0
        assert [error for error in refused if error] == []
        assert self.end_of(topic, partition) - before == len(values), "the broker has not kept what it took"

    def delete_before(self, topic: str, offset: int, partition: int = 0) -> None:
        """Delete the oldest messages, as retention does."""
        self.admin.delete_records([TopicPartition(topic, partition, offset)])[
            TopicPartition(topic, partition, offset)
        ].result(30)

    @contextmanager
    def silent(self) -> Iterator[None]:
        """Answers nothing for the length of the block."""
        os.kill(self.process, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(self.process, signal.SIGCONT)

    def committed(self, group: str, topic: str) -> int:
        """The offset that a group has committed to the broker; negative where it has none."""
        with Consumer({"bootstrap.servers": self.servers, "group.id": group}) as consumer:
            return int(consumer.committed([TopicPartition(topic, 0)], 10)[0].offset)


def jars() -> Path:
    """The folder of the jars; fetched by Maven the first time."""
    folder = Path.home() / ".cache" / "lake_assets_tests" / f"kafka-{VERSION}"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "complete").exists():
            (folder / "pom.xml").write_text(_POM)
            command = [program("mvn"), "-B", "-q", "dependency:copy-dependencies"]
            options = ["-DincludeScope=runtime", f"-DoutputDirectory={folder}/libs"]
            subprocess.run([*command, *options], cwd=folder, check=True, timeout=600)
            (folder / "complete").touch()
    return folder / "libs"


@contextmanager
def broker(folder: Path) -> Iterator[Broker]:
    """Start a broker; it ends with the block."""
    plain, sasl, controller = free_port(), free_port(), free_port()
    settings, says = folder / "server.properties", folder / "broker.log"
    settings.write_text(
        _SETTINGS.format(plain=plain, sasl=sasl, controller=controller, folder=folder, secret=SECRET)
    )
    java = [program("java"), "-Xmx384m", "-XX:+UseSerialGC", "-cp", f"{jars()}/*"]
    naming = ["--cluster-id", "lake-assets-tests-0000", "--config", str(settings)]
    with says.open("wb") as log:
        subprocess.run(
            [*java, "kafka.tools.StorageTool", "format", *naming],
            check=True,
            stdout=log,
            stderr=log,
            timeout=120,
        )
        process = subprocess.Popen([*java, "kafka.Kafka", str(settings)], stdout=log, stderr=log)
    try:
        wait_until(lambda: process.poll() is not None or (listens(plain) and listens(sasl)), says)
        assert process.poll() is None, says.read_text()[-4000:]
        yield Broker(f"127.0.0.1:{plain}", f"127.0.0.1:{sasl}", process.pid)
    finally:
        process.kill()
        process.wait()
