"""What is declared of a program that fetches, and of its datasets."""

from __future__ import annotations

from pydantic import ConfigDict, Field, field_validator

from lake_assets.connectors.protocol import ConnectorOptions

__all__ = ["ScriptDatasetOptions", "ScriptOptions"]

_SECRET = ("password", "passwd", "token", "secret", "api_key", "apikey", "credential")


class ScriptOptions(ConnectorOptions):
    """What a source of this kind declares.

    Args:
        command: The program and its arguments; `${NAME}` is filled in. No shell reads them.
        folder: Where it works, from the project folder (`LAKE_PROJECT`).
        environment: What it finds in its environment, beside PATH, HOME, the language and the like; secrets as
            `${NAME}`.
        timeout_s: How long it may take.
    """

    model_config = ConfigDict(hide_input_in_errors=True)

    command: tuple[str, ...] = Field(min_length=1)
    folder: str = ""
    environment: dict[str, str] = Field(default_factory=dict, repr=False)
    timeout_s: float = Field(default=3600, gt=0)

    @field_validator("environment")
    @classmethod
    def _names_secrets(cls, environment: dict[str, str]) -> dict[str, str]:
        for name, value in environment.items():
            if any(part in name.lower() for part in _SECRET) and not value.startswith("${"):
                raise ValueError(f"{name} is a secret: write it as ${{NAME}} of an environment variable")
        return environment


class ScriptDatasetOptions(ConnectorOptions):
    """What a dataset of such a source declares; its origin is a glob over the files that the program writes.

    Args:
        arguments: Further arguments, after those of the command.
    """

    arguments: tuple[str, ...] = ()
