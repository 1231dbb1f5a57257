"""Messages of a topic read up to where it ended when the look began, gathered into micro-batches."""

# librdkafka has a few public codes of its own, which begin with an underscore.
# ruff: noqa: SLF001

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from confluent_kafka import Consumer, KafkaError, KafkaException, Message, TopicPartition

from lake_assets.connectors._kafka_landed import Batch, message_line
from lake_assets.connectors._kafka_options import KafkaDatasetOptions
from lake_assets.connectors._kafka_schemas import Schemas

__all__ = ["Reading", "Span"]

_AT_ONCE = 1000
_WAIT_S = 0.1
_GONE = frozenset({KafkaError._AUTO_OFFSET_RESET, KafkaError.OFFSET_OUT_OF_RANGE})


@dataclass
class Span:
    """What is to be read of a partition, and what of it waits to be landed.

    Args:
        start: The offset of the first message that waits.
        next: The offset of the next message that is read.
        end: Where it ended when the look began.
    """

    start: int
    next: int
    end: int
    lines: list[bytes] = field(default_factory=list)
    schemas: set[str] = field(default_factory=set)
    size_bytes: int = 0


class Reading:
    """One look at a topic.

    Args:
        consumer: Reads it.
        topic: Its name.
        spans: What is to be read, by partition.
        options: How much at a time.
        schemas: Tells by which schema a value was written.
        timeout_s: How long the cluster may be silent.
    """

    def __init__(
        self,
        consumer: Consumer,
        topic: str,
        spans: Mapping[int, Span],
        options: KafkaDatasetOptions,
        schemas: Schemas,
        timeout_s: float,
    ) -> None:
        self._consumer = consumer
        self._topic = topic
        self._spans = dict(spans)
        self._reading = set(spans)
        self._options = options
        self._schemas = schemas
        self._timeout_s = timeout_s
        self._held_bytes = 0
        self.gone: list[int] = []

    def batches(self) -> Iterator[Batch]:
        """Full micro-batches as they come, at last what is left of each partition, in order.

        Raises:
            KafkaException: When the cluster refuses, or says nothing for too long.
            ConnectorError: When a schema cannot be had.
        """
        starts = [TopicPartition(self._topic, number, span.next) for number, span in self._spans.items()]
        self._consumer.assign(starts)
        began = heard = time.monotonic()
        while self._reading and time.monotonic() - began < self._options.max_s:
            messages = self._consumer.consume(_AT_ONCE, _WAIT_S)
            heard = time.monotonic() if messages else heard
            if time.monotonic() - heard > self._timeout_s:
                raise KafkaException(KafkaError(KafkaError._TIMED_OUT, "no broker answers any more"))
            for message in messages:
                yield from self._take(message)
        for number in sorted(self._spans):
            yield from self._cut(number)

    def _take(self, message: Message) -> Iterator[Batch]:
        error, number = message.error(), message.partition()
        if error and number is None:
            raise KafkaException(error)
        if number is None or number not in self._reading:
            return
        offset = message.offset() or 0
        if error:
            self._hear(error, number, offset)
        elif offset >= self._spans[number].end:
            self._finish(number, self._spans[number].end)
        else:
            yield from self._keep(message, number, offset)

    def _hear(self, error: KafkaError, number: int, offset: int) -> None:
        if error.code() == KafkaError._PARTITION_EOF:
            # Past the last message there may be offsets that no message has: marks of transactions, compacted ones.
            self._finish(number, min(offset, self._spans[number].end))
        elif error.code() in _GONE:
            self.gone.append(number)
            self._finish(number, self._spans[number].next)
        else:
            raise KafkaException(error)

    def _keep(self, message: Message, number: int, offset: int) -> Iterator[Batch]:
        span, schema = self._spans[number], self._schemas.of(message.value())
        line = message_line(message, schema)
        span.lines.append(line)
        span.size_bytes += len(line)
        self._held_bytes += len(line)
        if schema:
            span.schemas.add(schema)
        span.next = offset + 1
        if span.next >= span.end:
            self._finish(number, span.end)
        if self._held_bytes >= self._options.max_bytes:
            yield from self._cut(max(self._spans, key=lambda each: self._spans[each].size_bytes))
        elif len(span.lines) >= self._options.max_messages:
            yield from self._cut(number)

    def _finish(self, number: int, end: int) -> None:
        self._spans[number].next = max(end, self._spans[number].next)
        self._reading.discard(number)
        self._consumer.pause([TopicPartition(self._topic, number)])

    def _cut(self, number: int) -> Iterator[Batch]:
        span = self._spans[number]
        if span.lines:
            self._held_bytes -= span.size_bytes
            self._spans[number] = Span(span.next, span.next, span.end)
            yield Batch(number, span.start, span.next, span.lines, self._schemas.texts(span.schemas))
