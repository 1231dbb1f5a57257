"""What is declared of a REST source and its datasets."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from lake_assets.connectors._rest_paginators import JmesPath, Paginator
from lake_assets.connectors.protocol import ConnectorOptions

__all__ = [
    "ApiKey",
    "Auth",
    "Bearer",
    "HttpBasic",
    "Incremental",
    "Parameter",
    "RestDatasetOptions",
    "RestOptions",
    "Scalar",
]

Scalar = bool | int | float | str
Parameter = Scalar | list[Scalar]


class Bearer(ConnectorOptions):
    """`Authorization: Bearer`, the token from an environment variable."""

    type: Literal["bearer"]
    token_env: str


class ApiKey(ConnectorOptions):
    """A header or query parameter, its value from an environment variable."""

    type: Literal["api_key"]
    name: str = "Authorization"
    key_env: str
    location: Literal["header", "query"] = "header"


class HttpBasic(ConnectorOptions):
    """`Authorization: Basic`, user and password from environment variables."""

    type: Literal["http_basic"]
    username_env: str
    password_env: str


Auth = Annotated[Bearer | ApiKey | HttpBasic, Field(discriminator="type")]


class Incremental(ConnectorOptions):
    """Only records past the largest cursor seen are asked for.

    Args:
        cursor_path: Where a record holds its cursor: a time or a growing number.
        param: The parameter that sends the largest cursor seen.
        initial_value: What it sends at first; nothing by default.
    """

    cursor_path: JmesPath
    param: str
    initial_value: int | float | str | None = None


class RestOptions(ConnectorOptions):
    """What a source of this kind declares.

    Args:
        base_url: What every origin is below.
        headers: Sent to this host and no other; secrets as `${NAME}`.
        auth: How to prove who asks.
        timeout_s: How long to wait for a connection, and for each next piece of an answer.
        retries: How often to ask again after 429, 5xx or a lost connection.
    """

    model_config = ConfigDict(hide_input_in_errors=True)

    base_url: str
    headers: dict[str, str] = Field(default_factory=dict, repr=False)
    auth: Auth | None = None
    timeout_s: float = Field(default=60, gt=0)
    retries: int = Field(default=4, ge=0)


class RestDatasetOptions(ConnectorOptions):
    """What a dataset of such a source declares.

    Args:
        params: Sent with every request; a value with `${NAME}` counts as a secret.
        data_selector: A JMESPath to the records; without it they are the answer, or the one list in it.
        paginator: How to come to the next page; without it there is one, and a `Link` to a next is an error.
        incremental: How to ask only for what is new.
        max_page_bytes: The largest page taken; two pages are in memory at a time.
    """

    model_config = ConfigDict(hide_input_in_errors=True)

    params: dict[str, Parameter] = Field(default_factory=dict, repr=False)
    data_selector: JmesPath | None = None
    paginator: Paginator | None = None
    incremental: Incremental | None = None
    max_page_bytes: int = Field(default=64 << 20, gt=0)
