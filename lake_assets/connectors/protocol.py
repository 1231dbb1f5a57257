"""What a connector is: it says what is new at a source and hands over the bytes.

To add one: write a class with this shape in a file of its own, register it under the entry point group
`lake_assets.connectors`, and subclass the contract suite `lake_assets_tests.connectors.contract`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import ClassVar, Protocol, runtime_checkable

from pydantic import BaseModel, ConfigDict

from lake_assets.model import Arrival, Dataset, Source

__all__ = [
    "ChecksDatasets",
    "ClearsAway",
    "Connector",
    "ConnectorOptions",
    "Known",
    "NoOptions",
    "WatchPlace",
    "Watched",
]


class Known(Protocol):
    """What the lake has already taken note of, for one dataset."""

    def has(self, origin: str, fingerprint: str) -> bool:
        """Whether these bytes of this origin have been landed, or recorded as a duplicate."""
        ...

    def latest_fingerprint(self, origin: str) -> str | None:
        """The fingerprint under which the origin was landed last; None when it never was."""
        ...

    @property
    def state(self) -> str:
        """What the connector asked to be remembered with the newest file of the dataset; empty at first."""
        ...


class ConnectorOptions(BaseModel):
    """Declared options: unknown names are refused, `${NAME}` is filled in at the moment of use."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class NoOptions(ConnectorOptions):
    """For a connector that has none."""


class Connector(Protocol):
    """One kind of way in.

    `options` checks what the source declares under `connector` (besides `kind`), `dataset_options` what a dataset
    declares under `options`. A connector is made from a checked source and must not touch the outside until
    `discover` is iterated.

    A class may also have `usual_format: ClassVar[str]`: the format of datasets that declare none, where what it lands
    is always of one.
    """

    options: ClassVar[type[ConnectorOptions]]
    dataset_options: ClassVar[type[ConnectorOptions]]

    def __init__(self, source: Source) -> None:
        """Keep what the source declares."""
        ...

    def discover(self, dataset: Dataset, known: Known) -> Iterator[Arrival]:
        """List what is new, in the order in which it is to be landed; never what `known` has.

        Lazy: an arrival's bytes are fetched by calling `Arrival.fetch` before the next one is asked for, or never.

        Args:
            dataset: Which dataset of the source; its `origin` says what to collect.
            known: What has been landed of it.

        Raises:
            ConnectorError: When the source cannot be reached, refuses, or is not there.
        """
        ...


@runtime_checkable
class ChecksDatasets(Protocol):
    """What a connector may do besides: see when declarations are loaded whether they make sense together."""

    def check(self, dataset: Dataset) -> None:
        """Look at a dataset of the source, and at nothing outside.

        Raises:
            DeclarationError: When its rows would be lost or taken twice.
        """
        ...


@runtime_checkable
class ClearsAway(Protocol):
    """What a connector may do besides: clear away at the source what has landed."""

    def clear_away(self, dataset: Dataset, recorded: Callable[[], Known]) -> list[str]:
        """Clear away things whose bytes are recorded, and nothing else; called after each landing.

        A death may have come between an earlier landing and this call: what is left of then is cleared away too.

        Args:
            dataset: Which dataset of the source.
            recorded: Gives what persistent landing has durably taken note of; not what is still on its way there.

        Returns:
            What stays though it should not, each with what, place and mend.

        Raises:
            ConnectorError: When the source cannot be reached, refuses, or is not there.
        """
        ...


@dataclass(frozen=True)
class WatchPlace:
    """A folder in which a change may mean that something is new.

    Args:
        folder: Where.
        is_deep: Whether the folders below count, too.
        rest_s: For how long a file must have rested before it is new.
    """

    folder: str
    is_deep: bool
    rest_s: float


@runtime_checkable
class Watched(Protocol):
    """What a connector may do besides: say where a change on this machine means that something may be new."""

    def watch_place(self, dataset: Dataset) -> WatchPlace:
        """The folder of a dataset.

        Raises:
            LakeError: When what is declared leads nowhere.
        """
        ...
