"""What an engine is: it turns a transformation and its inputs into a frame.

To add one: write a class with this shape in a file of its own, register it under the entry point group
`lake_assets.engines`, and subclass the contract suite `lake_assets_tests.engines.contract`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import polars as pl

from lake_assets.model import Transformation

__all__ = ["Engine"]


class Engine(Protocol):
    """One way to run transformations."""

    def __init__(self, transformation: Transformation) -> None:
        """Keep the transformation."""
        ...

    def run(self, inputs: Mapping[str, pl.LazyFrame]) -> pl.LazyFrame:
        """Say the transformation over its inputs, lazily.

        Args:
            inputs: A frame for each of `Transformation.inputs`, under the same names.

        Raises:
            QueryError: When the transformation does not fit its inputs.
        """
        ...
