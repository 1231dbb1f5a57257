"""What is declared of a Kafka source and its datasets."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import ConfigDict, Field, field_validator, model_validator

from lake_assets.connectors.protocol import ConnectorOptions

__all__ = ["KafkaDatasetOptions", "KafkaOptions", "Registry", "StartAt"]

_OURS = frozenset(
    {
        "auto.commit.interval.ms",
        "auto.offset.reset",
        "bootstrap.servers",
        "enable.auto.commit",
        "enable.auto.offset.store",
        "enable.partition.eof",
        "group.instance.id",
        "isolation.level",
        "metadata.broker.list",
    }
)
_SECRET = ("password", "secret", ".pem", "token", "sasl.oauthbearer.config")


class Registry(ConnectorOptions):
    """A Schema Registry, for messages that begin with the id of their schema.

    Args:
        url: Its address.
        username_env: Which environment variable holds the user, where it asks for one.
        password_env: Which one holds the password.
        timeout_s: How long to wait for an answer.
        retries: How often to ask again after a failure that may pass.
    """

    url: str
    username_env: str = ""
    password_env: str = ""
    timeout_s: float = Field(default=30, gt=0)
    retries: int = Field(default=4, ge=0)

    @model_validator(mode="after")
    def _both_or_none(self) -> Registry:
        if bool(self.username_env) != bool(self.password_env):
            raise ValueError("username_env and password_env go together")
        return self


class KafkaOptions(ConnectorOptions):
    """What a source of this kind declares.

    Args:
        bootstrap_servers: Some brokers of the cluster, as `host:port,host:port`.
        settings: Further settings by librdkafka's names, such as `security.protocol`; secrets as `${NAME}`.
        registry: The Schema Registry, where one is used.
        timeout_s: How long to wait for the cluster.
    """

    model_config = ConfigDict(hide_input_in_errors=True)

    bootstrap_servers: str = Field(min_length=1)
    settings: dict[str, str] = Field(default_factory=dict, repr=False)
    registry: Registry | None = None
    timeout_s: float = Field(default=30, gt=0)

    @field_validator("settings")
    @classmethod
    def _are_not_ours(cls, settings: dict[str, str]) -> dict[str, str]:
        for name, value in settings.items():
            if name in _OURS:
                raise ValueError(f"{name} is set by the connector, which answers for every message once")
            if any(part in name for part in _SECRET) and not value.startswith("${"):
                raise ValueError(f"{name} is a secret: write it as ${{NAME}} of an environment variable")
        return settings


class StartAt(ConnectorOptions):
    """A moment; a time without an offset is in UTC."""

    timestamp: datetime


class KafkaDatasetOptions(ConnectorOptions):
    """What a dataset of such a source declares; its origin is the topic.

    Args:
        start: Where to begin the first time: with the oldest message there is, with what comes from now on, or with
            the first message of a moment. Partitions that are added later are read from their beginning.
        on_loss: Whether to refuse to go on where messages were deleted before they were read, or to go on after them.
        avro: The file with the Avro schema of all values, from the project folder; or `registry` where each value
            begins with the id of its schema.
        max_messages: The most messages that land as one file.
        max_bytes: The most bytes that land as one file, and are in memory.
        max_s: How long a look reads at most; the next goes on.
    """

    start: Literal["earliest", "latest"] | StartAt = "earliest"
    on_loss: Literal["refuse", "go_on"] = "refuse"
    avro: str = ""
    max_messages: int = Field(default=50_000, gt=0)
    max_bytes: int = Field(default=16 << 20, gt=0)
    max_s: float = Field(default=60, gt=0)
