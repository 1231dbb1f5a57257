"""What is declared of a REST source and its datasets; field names are those of dlt's rest_api where it has them."""

from __future__ import annotations

import json
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    JsonValue,
    field_validator,
    model_validator,
)

from lake_assets.connectors._rest_auth_options import Auth
from lake_assets.connectors._rest_incremental import Incremental
from lake_assets.connectors._rest_paginators import Auto, Paginator
from lake_assets.connectors._rest_path import JmesPath
from lake_assets.connectors._rest_template import placeholders
from lake_assets.connectors.protocol import ConnectorOptions

__all__ = [
    "Client",
    "Endpoint",
    "Limits",
    "Parameter",
    "Resolve",
    "Resource",
    "ResourceDefaults",
    "ResponseAction",
    "RestDatasetOptions",
    "RestOptions",
    "Scalar",
    "uses_start",
]

Scalar = bool | int | float | str


class Resolve(ConnectorOptions):
    """A parameter of the path that is a field of each record of another resource.

    Args:
        resource: The parent: a resource, or a dataset of the source.
        field: Where its records hold the value.
    """

    type: Literal["resolve"]
    resource: str
    field: JmesPath


class IncrementalParam(Incremental):
    """A parameter that sends where to start; the same as `incremental` with that `start_param`."""

    type: Literal["incremental"]


Parameter = Scalar | list[Scalar]
DeclaredParameter = Parameter | Annotated[Resolve | IncrementalParam, Field(discriminator="type")] | None


class ResponseAction(ConnectorOptions):
    """An answer that is no failure: what was asked for is not there, and that is all.

    Args:
        status_code: Its status.
        content: A text that is part of it.
        action: What it means: there are no records.
    """

    status_code: int | None = None
    content: str | None = None
    action: Literal["ignore"]

    @model_validator(mode="after")
    def _is_about_something(self) -> Self:
        if self.status_code is None and not self.content:
            raise ValueError("declare status_code, content or both")
        return self


class Limits(ConnectorOptions):
    """How much a source is asked, by all runs on this machine together.

    Args:
        requests_per_s: How many requests a second in the long run; any number by default.
        burst: How many at once after a pause.
        at_once: How many may be under way at a time; any number by default.
    """

    requests_per_s: float | None = Field(default=None, gt=0)
    burst: int = Field(default=1, gt=0)
    at_once: int | None = Field(default=None, gt=0)


class Client(ConnectorOptions):
    """The `client` of a dlt configuration."""

    model_config = ConfigDict(hide_input_in_errors=True)

    base_url: str
    headers: dict[str, str] = Field(default_factory=dict, repr=False)
    auth: Auth | None = None
    paginator: Paginator | None = Auto()


def _no_secret(body: dict[str, JsonValue]) -> dict[str, JsonValue]:
    if "${" in json.dumps(body):
        raise ValueError("what is posted is remembered; a secret belongs into auth, headers or params")
    return body


class RestDatasetOptions(ConnectorOptions):
    """What a dataset of such a source declares: what dlt calls an endpoint, its path being the dataset's origin.

    Args:
        method: POST for an API that is asked so; what is asked is then in `json`.
        params: Sent with every request; a value with `${NAME}` counts as a secret.
        json: What is posted.
        headers: Sent beside those of the source.
        auth: How to prove who asks, in place of the source's.
        data_selector: A JMESPath to the records; without it they are the answer, or the one list in it.
        paginator: How to come to the next page; without it there is one, and a `Link` to a next is an error.
        incremental: How to ask only for what is new.
        response_actions: Answers that mean that there are no records.
        include_from_parent: Fields of the parent that each record gets, as `_parent_field`.
        max_page_bytes: The largest page taken; two pages are in memory at a time.
    """

    model_config = ConfigDict(hide_input_in_errors=True)

    method: Literal["GET", "POST"] | None = None
    params: dict[str, DeclaredParameter] = Field(default_factory=dict, repr=False)
    posted: Annotated[dict[str, JsonValue], AfterValidator(_no_secret)] | None = Field(
        default=None, alias="json"
    )
    headers: dict[str, str] = Field(default_factory=dict, repr=False)
    auth: Auth | None = None
    data_selector: JmesPath | None = None
    paginator: Paginator | None = None
    incremental: Incremental | None = None
    response_actions: tuple[ResponseAction, ...] = ()
    include_from_parent: tuple[str, ...] = ()
    max_page_bytes: int = Field(default=64 << 20, gt=0)

    @field_validator("method", mode="before")
    @classmethod
    def _in_capitals(cls, method: object) -> object:
        return method.upper() if isinstance(method, str) else method

    @property
    def window(self) -> Incremental | None:
        """How to ask only for what is new, wherever that is declared."""
        return next((each for _, each in self._incremental_params()), self.incremental)

    @property
    def resolved(self) -> dict[str, Resolve]:
        """The parameters that are fields of the parent, by name."""
        return {name: value for name, value in self.params.items() if isinstance(value, Resolve)}

    @property
    def plain_params(self) -> dict[str, Parameter]:
        """The parameters that are sent as declared."""
        special = (Resolve, IncrementalParam, type(None))
        return {name: value for name, value in self.params.items() if not isinstance(value, special)}

    @property
    def templates(self) -> tuple[object, ...]:
        """What may hold placeholders, the path aside."""
        return (self.plain_params, self.posted)

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        in_params = self._incremental_params()
        if len(in_params) + bool(self.incremental) > 1:
            raise ValueError("incremental is declared more than once")
        if self.posted is not None and self.method == "GET":
            raise ValueError("json is for method POST")
        return self

    def _incremental_params(self) -> list[tuple[str, Incremental]]:
        given = [(name, value) for name, value in self.params.items() if isinstance(value, IncrementalParam)]
        return [(name, value.model_copy(update={"param": name})) for name, value in given]


class Endpoint(RestDatasetOptions):
    """The `endpoint` of a dlt resource."""

    path: str | None = None


def _as_endpoint(endpoint: object) -> object:
    return {"path": endpoint} if isinstance(endpoint, str) else endpoint


def _disposition(declared: object) -> object:
    return declared.get("disposition") if isinstance(declared, dict) else declared


class ResourceDefaults(ConnectorOptions):
    """The `resource_defaults` of a dlt configuration.

    `primary_key` and `write_disposition` have to agree with `key` and `write` of the dataset; `selected`,
    `parallelized` and `max_table_nesting` are taken and have no meaning here.
    """

    model_config = ConfigDict(hide_input_in_errors=True)

    endpoint: Annotated[Endpoint, BeforeValidator(_as_endpoint)] = Endpoint()
    include_from_parent: tuple[str, ...] = ()
    primary_key: str | tuple[str, ...] | None = None
    write_disposition: Annotated[
        Literal["append", "replace", "merge", "skip"] | None, BeforeValidator(_disposition)
    ] = None
    selected: bool = True
    parallelized: bool = False
    max_table_nesting: int | None = None


class Resource(ResourceDefaults):
    """A resource of a dlt configuration."""

    name: str


def _by_name(resource: object) -> object:
    return {"name": resource} if isinstance(resource, str) else resource


class RestOptions(ConnectorOptions):
    """What a source of this kind declares: these options, or a dlt configuration, which begins with `client`.

    Args:
        base_url: What every origin is below.
        headers: Sent to this host and no other; secrets as `${NAME}`.
        auth: How to prove who asks.
        timeout_s: How long to wait for a connection, and for each next piece of an answer.
        retries: How often to ask again after 429, 5xx, a lost connection or a cut answer.
        retry_posts: Whether a POST may be repeated too, because here it changes nothing.
        limits: How much to ask at most.
        client: See `Client`.
        resource_defaults: See `ResourceDefaults`.
        resources: What there is, each by its name; a dataset names one of them as its origin.
    """

    model_config = ConfigDict(hide_input_in_errors=True)

    base_url: str = ""
    headers: dict[str, str] = Field(default_factory=dict, repr=False)
    auth: Auth | None = None
    timeout_s: float = Field(default=60, gt=0)
    retries: int = Field(default=4, ge=0)
    retry_posts: bool = False
    limits: Limits = Limits()
    client: Client | None = None
    resource_defaults: ResourceDefaults = ResourceDefaults()
    resources: tuple[Annotated[Resource, BeforeValidator(_by_name)], ...] = ()

    @model_validator(mode="after")
    def _is_one_or_the_other(self) -> Self:
        if self.client and (self.base_url or self.headers or self.auth):
            raise ValueError("base_url, headers and auth are in client already")
        if not self.client and not self.base_url:
            raise ValueError("base_url: Field required")
        names = [resource.name for resource in self.resources]
        if repeated := {name for name in names if names.count(name) > 1}:
            raise ValueError(f"resources are declared more than once: {', '.join(sorted(repeated))}")
        return self

    @property
    def home(self) -> Client:
        """Whom to ask, wherever that is declared."""
        return self.client or Client(
            base_url=self.base_url, headers=self.headers, auth=self.auth, paginator=None
        )


def uses_start(options: RestDatasetOptions, path: str) -> bool:
    """Whether a request says where to start."""
    told = any(name.startswith("incremental.") for name in placeholders(path, *options.templates))
    window = options.window
    return told or bool(window and (window.sends_start_as or window.row_order == "desc"))
