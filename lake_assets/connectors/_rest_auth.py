"""Credentials of a REST source, read from the environment at the moment of use."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field

from lake_assets.connectors._oauth import Token
from lake_assets.connectors._rest_auth_options import (
    ApiKey,
    Auth,
    Bearer,
    HttpBasic,
    OAuth2,
    OAuth2ClientCredentials,
    OAuth2RefreshToken,
)
from lake_assets.connectors._rest_options import Parameter, Scalar
from lake_assets.connectors._secrets import Secrets, referenced
from lake_assets.connectors._urls import require_url
from lake_assets.settings import expand

__all__ = ["Private", "private_of", "split_params", "token_of"]


@dataclass(frozen=True)
class Private:
    """What is sent with every request to the source's host, and remembered nowhere.

    Args:
        headers: By name.
        query: Parameters by name.
        secrets: The values in them.
        token: A token that is asked for; None without one.
    """

    headers: dict[str, str] = field(repr=False)
    query: dict[str, str | list[str]] = field(repr=False)
    secrets: Secrets
    token: Token | None = field(default=None, repr=False)


def private_of(
    declared: Mapping[str, str], auth: Auth | None, params: Mapping[str, Parameter], place: str
) -> Private:
    """Fill in headers, secret parameters and credentials.

    Args:
        declared: The headers.
        auth: How to prove who asks.
        params: Those of the dataset that refer to the environment.
        place: For the error when a variable is not set.

    Raises:
        SettingsError: When a variable is not set.
    """
    headers = {name: expand(value, place=place).strip() for name, value in declared.items()}
    query = {name: _sent(value, place) for name, value in params.items()}
    auth_headers, auth_query = _credentials(auth, place)
    known = referenced(*declared.values(), *params.values())
    secrets = Secrets([*known, *headers.values(), *auth_headers.values(), *_proofs(auth, place)])
    token = token_of(auth, secrets, place) if isinstance(auth, OAuth2) else None
    return Private({**headers, **auth_headers}, {**query, **auth_query}, secrets, token)


def split_params(params: Mapping[str, Parameter]) -> tuple[dict[str, str | list[str]], dict[str, Parameter]]:
    """Parameters as they are sent, and apart from them those that refer to the environment.

    >>> split_params({"page": 1, "all": True, "key": "${KEY}"})
    ({'page': '1', 'all': 'true'}, {'key': '${KEY}'})
    """
    private = {name: value for name, value in params.items() if "${" in str(value)}
    return {name: _text(value) for name, value in params.items() if name not in private}, private


def token_of(auth: OAuth2, secrets: Secrets, place: str) -> Token:
    """The token that a source proves itself by; it is asked for when it is first needed.

    Raises:
        SettingsError: When a variable is not set.
        ConnectorError: When `access_token_url` is no address.
    """
    grant = {"grant_type": "client_credentials"}
    if isinstance(auth, OAuth2RefreshToken):
        grant = {"grant_type": "refresh_token", "refresh_token": _filled(auth.secret("refresh_token"), place)}
    extra = {name: expand(value, place=place) for name, value in auth.access_token_request_data.items()}
    return Token(
        url=require_url(expand(auth.access_token_url, place=place), place),
        client=(_filled(auth.secret("client_id"), place), _filled(auth.secret("client_secret"), place)),
        data={**grant, **extra},
        is_basic=auth.client_auth == "basic",
        lasts_s=auth.default_token_expiration,
        secrets=secrets,
        place=place,
    )


def _credentials(auth: Auth | None, place: str) -> tuple[dict[str, str], dict[str, str]]:
    match auth:
        case Bearer():
            return {"Authorization": f"Bearer {_filled(auth.secret('token'), place)}"}, {}
        case HttpBasic():
            pair = f"{_filled(auth.secret('username'), place)}:{_filled(auth.secret('password'), place)}"
            return {"Authorization": f"Basic {b64encode(pair.encode()).decode()}"}, {}
        case ApiKey(location="query" | "param"):
            return {}, {auth.name: _filled(auth.secret("api_key"), place)}
        case ApiKey(location="cookie"):
            return {"Cookie": f"{auth.name}={_filled(auth.secret('api_key'), place)}"}, {}
        case ApiKey():
            return {auth.name: _filled(auth.secret("api_key"), place)}, {}
        case _:
            return {}, {}


def _proofs(auth: Auth | None, place: str) -> list[str]:
    """Every value that proves something, whether it is sent as it is or not."""
    names: tuple[str, ...] = ()
    match auth:
        case Bearer():
            names = ("token",)
        case HttpBasic():
            names = ("password", "username") if auth.username_env else ("password",)
        case ApiKey():
            names = ("api_key",)
        case OAuth2ClientCredentials():
            names = ("client_secret",)
        case OAuth2RefreshToken():
            names = ("client_secret", "refresh_token")
    extra = referenced(*auth.access_token_request_data.values()) if isinstance(auth, OAuth2) else []
    return [*(_filled(auth.secret(name), place) for name in names if auth), *extra]


def _filled(text: str, place: str) -> str:
    return expand(text, place=place).strip()


def _sent(value: Parameter, place: str) -> str | list[str]:
    text = _text(value)
    return (
        [expand(part, place=place) for part in text] if isinstance(text, list) else expand(text, place=place)
    )


def _text(value: Parameter) -> str | list[str]:
    return [_written(part) for part in value] if isinstance(value, list) else _written(value)


def _written(value: Scalar) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
