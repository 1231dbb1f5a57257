"""Tables and queries of a database: `connector: {kind: sql, uri: "${DATABASE_URI}"}`.

A look reads one snapshot. Rows land as Parquet with the types of the database: exact numbers stay exact, as text where
they are wider than a float holds, and instants keep that they are instants.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from lake_assets.connectors._extras import require_extra
from lake_assets.connectors._options import checked
from lake_assets.connectors._sql_options import SqlDatasetOptions, SqlOptions
from lake_assets.connectors.protocol import ConnectorOptions, Known
from lake_assets.model import Arrival, Dataset, Source
from lake_assets.settings import expand

__all__ = ["Sql", "SqlDatasetOptions", "SqlOptions"]


class Sql:
    """Reads all rows of a table or query, or with `incremental` those past the largest cursor seen.

    The origin of a dataset is a table, such as `public.orders`, or a query. All rows are one file, which is new when
    its bytes are. Increments are files that follow each other; how far they reach is remembered with each.
    """

    options: ClassVar[type[ConnectorOptions]] = SqlOptions
    dataset_options: ClassVar[type[ConnectorOptions]] = SqlDatasetOptions
    usual_format: ClassVar[str] = "parquet"

    def __init__(self, source: Source) -> None:
        """Keep what the source declares."""
        self._place = f"source {source.name}"
        self._options = checked(SqlOptions, source.connector_options, str(source.place) or self._place)

    def discover(self, dataset: Dataset, known: Known) -> Iterator[Arrival]:
        """Give the rows that are new.

        Fetch an arrival before the next one is asked for: it waits in a temporary file until then.

        Raises:
            ConnectorError: When the database cannot be reached or refuses; after what can be had, for rows without a
                cursor.
        """
        place = f"{self._place}, dataset {dataset.name}"
        options = checked(SqlDatasetOptions, dataset.connector_options, str(dataset.place) or self._place)
        require_extra("adbc_driver_manager", "sql", place)
        # Only lakes with SQL sources have the library.
        from lake_assets.connectors._sql_database import open_database  # noqa: PLC0415
        from lake_assets.connectors._sql_pull import SqlPull  # noqa: PLC0415

        uri, origin = expand(self._options.uri, place=place), expand(dataset.origin, place=place)
        with open_database(uri, self._options.timeout_s, place) as database:
            yield from SqlPull(database, dataset, options, known, place).arrivals(origin)
