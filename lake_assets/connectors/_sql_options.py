"""What is declared of a database and its datasets."""

from __future__ import annotations

import re

from pydantic import ConfigDict, Field, field_validator

from lake_assets.connectors.protocol import ConnectorOptions

__all__ = ["SqlDatasetOptions", "SqlIncremental", "SqlOptions"]

_REFERENCE = re.compile(r"\$\{[A-Za-z_][A-Za-z0-9_]*\}")


class SqlOptions(ConnectorOptions):
    """What a source of this kind declares.

    Args:
        uri: The address of the database with its credentials, as `${NAME}` of an environment variable that holds
            `postgresql://user:password@host/database` or `sqlite:///file`.
        timeout_s: How long to wait for a connection.
    """

    model_config = ConfigDict(hide_input_in_errors=True)

    uri: str = Field(repr=False)
    timeout_s: int = Field(default=30, gt=0)

    @field_validator("uri")
    @classmethod
    def _is_a_reference(cls, uri: str) -> str:
        if not _REFERENCE.fullmatch(uri):
            raise ValueError("it may hold a password: write ${NAME} and set the environment variable NAME")
        return uri


class SqlIncremental(ConnectorOptions):
    """Only rows past the largest cursor seen are asked for.

    Args:
        cursor_path: The column: a number, time or text that grows; rows where it is null are refused.
        initial_value: Rows before this one are left out; all are taken where there is none.
        lag: How far behind the largest cursor to look again, for rows that come late: seconds of a time, days of a
            date, else as a number. It takes a key, for such rows come more than once.
    """

    cursor_path: str = Field(min_length=1)
    initial_value: int | float | str | None = None
    lag: float = Field(default=0, ge=0)


class SqlDatasetOptions(ConnectorOptions):
    """What a dataset of such a source declares; its origin is a table, or a query that begins with SELECT or WITH.

    Args:
        incremental: How to ask only for what is new; without it each look takes all rows, as one file.
        max_rows: About how many rows of an increment land as one file; rows of the same cursor are not divided.
    """

    incremental: SqlIncremental | None = None
    max_rows: int = Field(default=1_000_000, gt=0)
