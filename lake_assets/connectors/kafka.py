"""Messages of a Kafka topic: `connector: {kind: kafka, bootstrap_servers: "kafka.example.org:9092"}`.

How far a topic has been read is remembered with the files that landed, in the same commit, and nowhere else: a death
at any moment, or two runs at once, land every message exactly once.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import ClassVar

from lake_assets.connectors._extras import require_extra
from lake_assets.connectors._kafka_options import KafkaDatasetOptions, KafkaOptions
from lake_assets.connectors._kafka_schemas import NoSchemas, Schemas, open_registry, schema_of_file
from lake_assets.connectors._options import checked
from lake_assets.connectors.protocol import ConnectorOptions, Known
from lake_assets.errors import ConnectorError
from lake_assets.model import Arrival, Dataset, Source
from lake_assets.settings import expand

__all__ = ["Kafka", "KafkaDatasetOptions", "KafkaOptions"]

_REGISTRY = "registry"


class Kafka:
    """Reads what is new of a topic in micro-batches, up to where the topic ended when the look began.

    The origin of a dataset is its topic. Partitions are assigned by hand; new ones are picked up by themselves.
    """

    options: ClassVar[type[ConnectorOptions]] = KafkaOptions
    dataset_options: ClassVar[type[ConnectorOptions]] = KafkaDatasetOptions
    usual_format: ClassVar[str] = "kafka"

    def __init__(self, source: Source) -> None:
        """Keep what the source declares."""
        self._name = source.name
        self._place = f"source {source.name}"
        self._options = checked(KafkaOptions, source.connector_options, str(source.place) or self._place)

    def discover(self, dataset: Dataset, known: Known) -> Iterator[Arrival]:
        """Give the micro-batches that are new, each of one partition.

        Raises:
            ConnectorError: When the cluster cannot be reached or refuses; after what can be had, for partitions where
                messages were deleted before they were read.
        """
        place = f"{self._place}, dataset {dataset.name}"
        options = checked(KafkaDatasetOptions, dataset.connector_options, str(dataset.place) or self._place)
        require_extra("confluent_kafka", "kafka", place)
        # Only lakes with Kafka sources have the library.
        from lake_assets.connectors._kafka_client import Cluster  # noqa: PLC0415
        from lake_assets.connectors._kafka_pull import Pull  # noqa: PLC0415

        topic = expand(dataset.origin, place=place)
        at = f"{place}, topic {topic}"
        with self._schemas(options, at) as schemas:
            cluster = Cluster(self._options, f"lake_assets.{self._name}", at)
            yield from Pull(cluster, topic, options, schemas, known, at).arrivals()

    def _schemas(self, options: KafkaDatasetOptions, place: str) -> AbstractContextManager[Schemas]:
        if options.avro != _REGISTRY:
            return nullcontext(schema_of_file(options.avro, place) if options.avro else NoSchemas())
        if self._options.registry is None:
            mend = "add registry: {url: ...} to the connector, or name a file with the schema under avro"
            raise ConnectorError("no Schema Registry is declared", place=place, mend=mend)
        return open_registry(self._options.registry, place)
