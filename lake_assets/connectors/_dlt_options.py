"""What is declared of a dlt source, and of its resources."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import ConfigDict, Field, field_validator

from lake_assets.connectors.protocol import ConnectorOptions

__all__ = ["DltDatasetOptions", "DltOptions"]

_FUNCTION = r"^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*:[A-Za-z_]\w*$"
_SECRET = ("password", "passwd", "token", "secret", "secret_key", "api_key", "apikey", "credentials")


class DltOptions(ConnectorOptions):
    """What a source of this kind declares.

    Args:
        source: `module:name` of a function that makes a dlt source or resource, or of one.
        arguments: What the function is called with; secrets as `${NAME}`.
        folder: Where modules are looked for first, and dlt its configuration, from the project folder (`LAKE_PROJECT`).
        environment: What dlt finds in its environment, beside PATH, HOME, the language and the like; secrets as
            `${NAME}`.
        timeout_s: How long a pull may take.
    """

    model_config = ConfigDict(hide_input_in_errors=True)

    source: str = Field(pattern=_FUNCTION)
    arguments: dict[str, object] = Field(default_factory=dict, repr=False)
    folder: str = ""
    environment: dict[str, str] = Field(default_factory=dict, repr=False)
    timeout_s: float = Field(default=3600, gt=0)

    @field_validator("arguments", "environment")
    @classmethod
    def _names_secrets(cls, given: dict[str, object]) -> dict[str, object]:
        for name in _written_out(given):
            raise ValueError(f"{name} is a secret: write it as ${{NAME}} of an environment variable")
        return given


class DltDatasetOptions(ConnectorOptions):
    """What a dataset of such a source declares; its origin is the name of a resource.

    Args:
        incremental: What `dlt.sources.incremental` takes, where the resource is not incremental by itself.
    """

    incremental: dict[str, object] = Field(default_factory=dict)


def _written_out(given: object) -> Iterator[str]:
    """The names of secrets that are not references."""
    if isinstance(given, dict):
        for name, value in given.items():
            is_secret = isinstance(value, str) and str(name).lower().endswith(_SECRET)
            if is_secret and value and not value.startswith("${"):
                yield str(name)
            yield from _written_out(value)
    elif isinstance(given, list):
        for value in given:
            yield from _written_out(value)
