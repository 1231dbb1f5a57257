"""One look at a topic: from where it is remembered to have been read, to where it ends now."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import BinaryIO

from lake_assets.connectors._copy import write_all
from lake_assets.connectors._kafka_client import Cluster, Topic
from lake_assets.connectors._kafka_landed import Batch
from lake_assets.connectors._kafka_options import KafkaDatasetOptions, StartAt
from lake_assets.connectors._kafka_position import Position
from lake_assets.connectors._kafka_reading import Reading, Span
from lake_assets.connectors._kafka_schemas import Schemas
from lake_assets.connectors.protocol import Known
from lake_assets.errors import ConnectorError
from lake_assets.model import Arrival

__all__ = ["Pull"]

_LOG = logging.getLogger(__name__)
_NO_PARTITION = -1


@dataclass(frozen=True)
class _Bounds:
    """Where the partitions begin and end now."""

    oldest: Mapping[int, int]
    ends: Mapping[int, int]


class Pull:
    """One look at a topic.

    Args:
        cluster: Where it is.
        topic: Its name.
        options: What is declared of the dataset.
        schemas: Tells by which schema a value was written.
        known: What has been landed of the dataset.
        place: For errors.
    """

    def __init__(
        self,
        cluster: Cluster,
        topic: str,
        options: KafkaDatasetOptions,
        schemas: Schemas,
        known: Known,
        place: str,
    ) -> None:
        self._cluster = cluster
        self._name = topic
        self._options = options
        self._schemas = schemas
        self._known = known
        self._place = place
        self._follows = known.state
        self._lost: list[str] = []

    def arrivals(self) -> Iterator[Arrival]:
        """The micro-batches that are new, those of a partition in order.

        Raises:
            ConnectorError: When the cluster refuses; at last, when messages are lost.
        """
        topic = self._cluster.describe(self._name)
        bounds = _Bounds(self._cluster.oldest(topic), self._cluster.ends(topic))
        remembered = Position.read(self._known.state)
        if remembered is None or remembered.topic != topic.name:
            position = self._start(topic, bounds)
            if self._options.start != "earliest":
                # Without it the next look, too, would begin at its own "now", past what came in between.
                yield self._arrival(Batch(_NO_PARTITION, 0, 0, []), position)
        else:
            position = self._resumed(remembered, topic, bounds)
        yield from self._read(position, bounds)
        self._require_no_loss()

    def _start(self, topic: Topic, bounds: _Bounds) -> Position:
        start = self._options.start
        if isinstance(start, StartAt):
            moment = start.timestamp if start.timestamp.tzinfo else start.timestamp.replace(tzinfo=UTC)
            offsets: Mapping[int, int] = self._cluster.at(topic, int(moment.timestamp() * 1000), bounds.ends)
        else:
            offsets = bounds.oldest if start == "earliest" else bounds.ends
        return Position(topic.name, topic.topic_id, offsets)

    def _resumed(self, remembered: Position, topic: Topic, bounds: _Bounds) -> Position:
        if remembered.topic_id and topic.topic_id and topic.topic_id != remembered.topic_id:
            self._accepts("the topic was deleted and made again since it was read last")
            self._require_no_loss()
            return Position(topic.name, topic.topic_id, bounds.oldest)
        offsets = {**bounds.oldest, **remembered.offsets}
        for partition, offset in remembered.offsets.items():
            oldest, end = bounds.oldest.get(partition, offset), bounds.ends.get(partition, offset)
            gone = f"partition {partition}: offsets {offset} to {oldest - 1} are deleted"
            if offset < oldest and self._accepts(gone):
                offsets[partition] = oldest
            cut = f"partition {partition} ends at {end}, but was read up to {offset}"
            if offset > end and self._accepts(cut):
                offsets[partition] = end
        return Position(topic.name, topic.topic_id or remembered.topic_id, offsets)

    def _read(self, position: Position, bounds: _Bounds) -> Iterator[Arrival]:
        # A partition that lost messages is not read, nor is what is remembered of it changed, before somebody says so.
        spans = {
            partition: Span(offset, offset, bounds.ends[partition])
            for partition, offset in sorted(position.offsets.items())
            if bounds.oldest.get(partition, offset) <= offset < bounds.ends.get(partition, offset)
        }
        if not spans:
            return
        with self._cluster.mapped(), self._cluster.consumer() as consumer:
            reading = Reading(
                consumer, self._name, spans, self._options, self._schemas, self._cluster.timeout_s
            )
            for batch in reading.batches():
                position = position.after(batch.partition, batch.until)
                yield self._arrival(batch, position)
        for partition in reading.gone:
            self._accepts(f"partition {partition}: messages were deleted while they were read")

    def _arrival(self, batch: Batch, position: Position) -> Arrival:
        origin, name = f"{self._name}/{batch.partition}", f"{self._name}-{batch.partition}-{batch.start:020d}"
        mark = f"{batch.start}-{batch.until} {position.topic_id}"
        if batch.partition == _NO_PARTITION:
            origin, name, mark = self._name, f"{self._name}-start", f"start {position.text()}"
        if self._known.has(origin, mark):
            # What is remembered says that it is to land, as when a dataset comes back to a topic that it left.
            mark = f"{mark} again {datetime.now(UTC).isoformat()}"
        follows, self._follows = self._follows, position.text()
        chunks = batch.chunks(position.topic, position.topic_id)
        fetch = partial(_fetch, list(chunks), self._follows)
        return Arrival(origin, mark, f"{name}.ndjson", fetch, follows)

    def _accepts(self, loss: str) -> bool:
        """Whether to go on in spite of a loss; else it is told at last."""
        if self._options.on_loss == "refuse":
            self._lost.append(loss)
            return False
        _LOG.warning("%s: %s; going on after them, as on_loss says", self._place, loss)
        return True

    def _require_no_loss(self) -> None:
        if self._lost:
            mend = (
                "nothing brings them back: raise the retention of the topic or look more often, and set "
                "on_loss: go_on under options for one look to go on without them"
            )
            raise ConnectorError(f"messages are lost: {'; '.join(self._lost)}", place=self._place, mend=mend)


def _fetch(chunks: list[bytes], state: str, into: BinaryIO) -> str:
    write_all(chunks, into)
    return state
