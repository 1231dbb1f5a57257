"""What somebody points at, as a source would declare it."""

from __future__ import annotations

from dataclasses import dataclass, field

from lake_assets.model import Dataset, Mapping, Options, Source

__all__ = ["Target"]


@dataclass(frozen=True)
class Target:
    """One kind of data at one place, not looked at yet.

    Args:
        name: What the dataset may be called.
        connector: The kind of connector that reaches it.
        connector_options: Its options.
        origin: What the connector collects.
        dataset_options: Options of the connector for this dataset.
        folder: Where the connector finds files on this machine; empty where it does not.
        patience: Options of the connector that hold for the sample only.
    """

    name: str
    connector: str
    origin: str
    connector_options: Options = field(default_factory=dict)
    dataset_options: Options = field(default_factory=dict)
    folder: str = ""
    patience: Options = field(default_factory=dict)

    @property
    def source(self) -> Source:
        """The source to take a sample from."""
        options = {**self.connector_options, **self.patience}
        return Source(self.name, self.connector, options, (self.dataset(),))

    def dataset(self, kind: str = "csv", options: Options | None = None) -> Dataset:
        """The dataset, read in some format."""
        return Dataset(
            name=self.name,
            source=self.name,
            origin=self.origin,
            format=kind,
            format_options=options or {},
            connector_options=self.dataset_options,
            mapping=Mapping(),
        )
