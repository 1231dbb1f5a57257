"""Credentials of a REST source, read from the environment at the moment of use."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, field

from lake_assets.connectors._rest_options import (
    ApiKey,
    Auth,
    Bearer,
    HttpBasic,
    Parameter,
    RestOptions,
    Scalar,
)
from lake_assets.connectors._secrets import Secrets, referenced
from lake_assets.settings import expand

__all__ = ["Private", "private_of", "split_params"]


@dataclass(frozen=True)
class Private:
    """What is sent with every request to the source's host, and remembered nowhere.

    Args:
        headers: By name.
        query: Parameters by name.
        secrets: The values in them.
    """

    headers: dict[str, str] = field(repr=False)
    query: dict[str, str | list[str]] = field(repr=False)
    secrets: Secrets


def private_of(options: RestOptions, params: dict[str, Parameter], place: str) -> Private:
    """Fill in headers, secret parameters and credentials.

    Args:
        options: Of the source.
        params: Those of the dataset that refer to the environment.
        place: For the error when a variable is not set.

    Raises:
        SettingsError: When a variable is not set.
    """
    headers = {name: expand(value, place=place).strip() for name, value in options.headers.items()}
    query = {name: _sent(value, place) for name, value in params.items()}
    auth_headers, auth_query = _credentials(options.auth, place)
    declared = referenced(*options.headers.values(), *params.values())
    secrets = Secrets([*declared, *headers.values(), *auth_headers.values(), *_proofs(options.auth, place)])
    return Private({**headers, **auth_headers}, {**query, **auth_query}, secrets)


def split_params(params: dict[str, Parameter]) -> tuple[dict[str, str | list[str]], dict[str, Parameter]]:
    """Parameters as they are sent, and apart from them those that refer to the environment.

    >>> split_params({"page": 1, "all": True, "key": "${KEY}"})
    ({'page': '1', 'all': 'true'}, {'key': '${KEY}'})
    """
    private = {name: value for name, value in params.items() if "${" in str(value)}
    return {name: _text(value) for name, value in params.items() if name not in private}, private


def _credentials(auth: Auth | None, place: str) -> tuple[dict[str, str], dict[str, str]]:
    match auth:
        case Bearer():
            return {"Authorization": f"Bearer {_variable(auth.token_env, place)}"}, {}
        case HttpBasic():
            pair = f"{_variable(auth.username_env, place)}:{_variable(auth.password_env, place)}"
            return {"Authorization": f"Basic {b64encode(pair.encode()).decode()}"}, {}
        case ApiKey(location="query"):
            return {}, {auth.name: _variable(auth.key_env, place)}
        case ApiKey():
            return {auth.name: _variable(auth.key_env, place)}, {}
        case _:
            return {}, {}


def _variable(name: str, place: str) -> str:
    return expand(f"${{{name}}}", place=place).strip()


def _proofs(auth: Auth | None, place: str) -> list[str]:
    named = auth.model_dump() if auth else {}
    return [_variable(name, place) for part, name in named.items() if part.endswith("_env")]


def _sent(value: Parameter, place: str) -> str | list[str]:
    text = _text(value)
    return (
        [expand(part, place=place) for part in text] if isinstance(text, list) else expand(text, place=place)
    )


def _text(value: Parameter) -> str | list[str]:
    return [_written(part) for part in value] if isinstance(value, list) else _written(value)


def _written(value: Scalar) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
