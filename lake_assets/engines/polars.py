"""The default engine: Polars, for functions over lazy frames and for SQL."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from lake_assets.errors import QueryError
from lake_assets.model import Transformation

__all__ = ["Polars"]


class Polars:
    """Runs a transformation as one lazy query, streaming and out of core where Polars can."""

    def __init__(self, transformation: Transformation) -> None:
        """Keep the transformation."""
        self._transformation = transformation

    def run(self, inputs: Mapping[str, pl.LazyFrame]) -> pl.LazyFrame:
        """Say the transformation over its inputs, lazily.

        Raises:
            QueryError: When the SQL does not fit the inputs, or the function fails or returns no frame.
        """
        try:
            frame = self._query(inputs) if self._transformation.sql else self._call(inputs)
            frame.collect_schema()
        except pl.exceptions.PolarsError as error:
            mend = "correct the query; `lake tables` shows the columns there are"
            raise QueryError(
                f"the transformation does not fit its inputs: {error}", place=self._at, mend=mend
            ) from error
        return frame

    @property
    def _at(self) -> str:
        return f"table {self._transformation.target}, {self._transformation.place}"

    def _query(self, inputs: Mapping[str, pl.LazyFrame]) -> pl.LazyFrame:
        with pl.SQLContext(frames=dict(inputs), eager=False) as context:
            return context.execute(self._transformation.sql)

    def _call(self, inputs: Mapping[str, pl.LazyFrame]) -> pl.LazyFrame:
        function = self._transformation.function
        made = function(*(inputs[name] for name in self._transformation.inputs)) if function else None
        if isinstance(made, pl.DataFrame):
            return made.lazy()
        if isinstance(made, pl.LazyFrame):
            return made
        mend = "return a LazyFrame"
        raise QueryError(
            f"the function returned {type(made).__name__}, not a frame", place=self._at, mend=mend
        )
