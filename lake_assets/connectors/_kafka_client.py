"""A Kafka cluster through confluent-kafka: what it holds, and every failure as one kind of error."""

# librdkafka has a few public codes of its own, which begin with an underscore.
# ruff: noqa: SLF001

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import cast

from confluent_kafka import (
    Consumer,
    IsolationLevel,
    KafkaError,
    KafkaException,
    TopicCollection,
    TopicPartition,
)
from confluent_kafka.admin import AdminClient, OffsetSpec  # type: ignore[attr-defined]  # public all the same

from lake_assets.connectors._kafka_options import KafkaOptions
from lake_assets.connectors._secrets import Secrets, referenced
from lake_assets.errors import ConnectorError
from lake_assets.settings import expand

__all__ = ["Cluster", "Topic"]

_LOG = logging.getLogger(__name__)
_QUEUED_KIB = 16 << 10

_UNREACHABLE = (
    "the cluster cannot be reached",
    "check bootstrap_servers, security.protocol among the settings, and that the brokers run",
)
_REFUSED = ("the cluster refuses the credentials", "correct the settings whose names begin with sasl and ssl")
_FORBIDDEN = ("the cluster forbids it", "ask its owner for the rights to describe and read the topic")
_UNKNOWN = ("there is no such topic", "create it, or correct from")
_SAID = {
    KafkaError._TRANSPORT: _UNREACHABLE,
    KafkaError._ALL_BROKERS_DOWN: _UNREACHABLE,
    KafkaError._RESOLVE: _UNREACHABLE,
    KafkaError._TIMED_OUT: _UNREACHABLE,
    KafkaError._TIMED_OUT_QUEUE: _UNREACHABLE,
    KafkaError._AUTHENTICATION: _REFUSED,
    KafkaError._SSL: _REFUSED,
    KafkaError.SASL_AUTHENTICATION_FAILED: _REFUSED,
    KafkaError.TOPIC_AUTHORIZATION_FAILED: _FORBIDDEN,
    KafkaError.GROUP_AUTHORIZATION_FAILED: _FORBIDDEN,
    KafkaError.CLUSTER_AUTHORIZATION_FAILED: _FORBIDDEN,
    KafkaError.UNKNOWN_TOPIC_OR_PART: _UNKNOWN,
    KafkaError._UNKNOWN_TOPIC: _UNKNOWN,
    KafkaError.TOPIC_EXCEPTION: _UNKNOWN,
    KafkaError._INVALID_ARG: ("a setting is not valid", "correct bootstrap_servers and settings"),
}
_OTHERWISE = ("the cluster answers with an error", "look its name up in the documentation of librdkafka")
_NO_LEADER = frozenset(
    {
        KafkaError.NOT_LEADER_FOR_PARTITION,
        KafkaError.LEADER_NOT_AVAILABLE,
        KafkaError.OFFSET_NOT_AVAILABLE,
        KafkaError.FENCED_LEADER_EPOCH,
        KafkaError.UNKNOWN_LEADER_EPOCH,
    }
)
"""What is answered while a partition changes hands: soon another broker leads it."""
_WAIT_S = 0.2
_NO_ID = "AAAAAAAAAAAAAAAAAAAAAA"


@dataclass(frozen=True)
class Topic:
    """A topic as the cluster describes it.

    Args:
        name: Its name.
        topic_id: What tells it from another of the same name; empty where the cluster gives none.
        partitions: Its partitions.
    """

    name: str
    topic_id: str
    partitions: tuple[int, ...]


class Cluster:
    """A cluster that is asked on behalf of one dataset. It commits nothing there.

    Args:
        options: What is declared of it.
        group: The name under which the cluster's owner sees who asks.
        place: For errors.
    """

    def __init__(self, options: KafkaOptions, group: str, place: str) -> None:
        self.timeout_s = options.timeout_s
        self._place = place
        self._secrets = Secrets(referenced(*options.settings.values()))
        servers = expand(options.bootstrap_servers, place=place)
        settings = {name: expand(value, place=place) for name, value in options.settings.items()}
        self._group = settings.pop("group.id", group)
        self._config = {"bootstrap.servers": servers, "error_cb": self._hear, **settings}
        self._heard: KafkaError | None = None
        with self.mapped():
            self._admin = AdminClient(cast("dict[str, str | int | float | bool]", self._config), logger=_LOG)

    def describe(self, topic: str) -> Topic:
        """What the cluster says of a topic.

        Raises:
            ConnectorError: When the cluster cannot be reached or refuses, or has no such topic.
        """
        with self._asking() as admin:
            asked = admin.describe_topics(TopicCollection([topic]), request_timeout=self.timeout_s)
            said = asked[topic].result()
        partitions = tuple(sorted(each.id for each in said.partitions))
        topic_id = str(said.topic_id or "")
        return Topic(topic, "" if topic_id == _NO_ID else topic_id, partitions)

    def oldest(self, topic: Topic) -> dict[int, int]:
        """The offset of the oldest message of each partition."""
        return self._offsets(topic, OffsetSpec.earliest())  # type: ignore[no-untyped-call]  # the library leaves its type out

    def ends(self, topic: Topic) -> dict[int, int]:
        """The offset past the last message of each partition, those of open transactions left out."""
        return self._offsets(topic, OffsetSpec.latest())  # type: ignore[no-untyped-call]  # as above

    def at(self, topic: Topic, milliseconds: int, ends: Mapping[int, int]) -> dict[int, int]:
        """The offset of the first message of each partition from a moment on; its end where there is none."""
        found = self._offsets(topic, OffsetSpec.for_timestamp(milliseconds))
        return {partition: offset if offset >= 0 else ends[partition] for partition, offset in found.items()}

    @contextmanager
    def consumer(self) -> Iterator[Consumer]:
        """A consumer that is assigned by hand, and fails where an offset is no longer there."""
        config = {
            "queued.max.messages.kbytes": _QUEUED_KIB,
            **self._config,
            "group.id": self._group,
            "enable.auto.commit": False,
            "enable.auto.offset.store": False,
            "auto.offset.reset": "error",
            "enable.partition.eof": True,
            "isolation.level": "read_committed",
        }
        with self.mapped():
            consumer = Consumer(config, logger=_LOG)
        try:
            yield consumer
        finally:
            consumer.close()

    @contextmanager
    def mapped(self) -> Iterator[None]:
        """Turn what confluent-kafka raises into one kind of error.

        Raises:
            ConnectorError: For each failure of confluent-kafka.
        """
        try:
            yield
        except KafkaException as error:
            raise self.refusal(error) from self._without_secrets(error)

    def refusal(self, error: KafkaException) -> ConnectorError:
        """What a failure means; the last thing a broker said tells more than that the time is over."""
        own = error.args[0] if error.args and isinstance(error.args[0], KafkaError) else None
        is_late = own is not None and _SAID.get(own.code()) is _UNREACHABLE
        told = (self._heard if is_late else None) or own
        what, mend = _SAID.get(told.code(), _OTHERWISE) if told else _OTHERWISE
        reason = self._secrets.hide(f"{told.name()}: {told.str()}" if told else str(error))
        return ConnectorError(f"{what} ({reason})", place=self._place, mend=mend)

    def _offsets(self, topic: Topic, spec: OffsetSpec) -> dict[int, int]:
        wanted = {TopicPartition(topic.name, partition): spec for partition in topic.partitions}
        until = time.monotonic() + self.timeout_s
        with self._asking() as admin:
            while True:
                asked = admin.list_offsets(
                    wanted, isolation_level=IsolationLevel.READ_COMMITTED, request_timeout=self.timeout_s
                )
                try:
                    return {each.partition: int(answer.result().offset) for each, answer in asked.items()}
                except KafkaException as error:
                    if _code(error) not in _NO_LEADER or time.monotonic() > until:
                        raise
                time.sleep(_WAIT_S)

    @contextmanager
    def _asking(self) -> Iterator[AdminClient]:
        with self.mapped():
            try:
                yield self._admin
            finally:
                self._admin.poll(0)  # hands over what was heard and logged meanwhile

    def _hear(self, error: KafkaError) -> None:
        # That all brokers are down says less than why the last one was.
        if error.code() != KafkaError._ALL_BROKERS_DOWN or self._heard is None:
            self._heard = error

    def _without_secrets(self, error: KafkaException) -> KafkaException:
        hidden = self._secrets.hide(str(error))
        return error if hidden == str(error) else KafkaException(hidden)


def _code(error: KafkaException) -> int | None:
    return error.args[0].code() if error.args and isinstance(error.args[0], KafkaError) else None
