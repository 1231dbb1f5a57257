"""How a source proves who asks, declared under the names that dlt gives them.

A secret is never written out: it is named by `..._env`, or written `${NAME}`.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from lake_assets.connectors.protocol import ConnectorOptions

__all__ = [
    "ApiKey",
    "Auth",
    "Bearer",
    "HttpBasic",
    "OAuth2",
    "OAuth2ClientCredentials",
    "OAuth2RefreshToken",
]


def _refers(value: str) -> str:
    if "${" not in value:
        raise ValueError("a secret stands in the declaration; write ${NAME} and set NAME in the environment")
    return value


Secret = Annotated[str, AfterValidator(_refers)]
"""A text that refers to the environment as `${NAME}`."""


class _Proof(ConnectorOptions):
    """Each named secret is given once: as `x: ${NAME}`, or as `x_env: NAME`."""

    def secret(self, name: str) -> str:
        """The text that refers to a secret; empty where none is declared."""
        variable = getattr(self, f"{name}_env", None)
        return f"${{{variable}}}" if variable else str(getattr(self, name) or "")

    def _once(self, *names: str) -> Self:
        for name in names:
            if bool(getattr(self, name)) == bool(getattr(self, f"{name}_env")):
                raise ValueError(f"declare one of {name}_env and {name}")
        return self


class Bearer(_Proof):
    """`Authorization: Bearer`."""

    type: Literal["bearer"]
    token: Secret | None = None
    token_env: str | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        return self._once("token")


class ApiKey(_Proof):
    """A header, query parameter or cookie."""

    type: Literal["api_key"]
    name: str = "Authorization"
    api_key: Secret | None = None
    key_env: str | None = None
    location: Literal["header", "query", "param", "cookie"] = "header"

    @property
    def api_key_env(self) -> str | None:
        """The same under the name of dlt's field."""
        return self.key_env

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if bool(self.api_key) == bool(self.key_env):
            raise ValueError("declare one of key_env and api_key")
        return self


class HttpBasic(_Proof):
    """`Authorization: Basic`."""

    type: Literal["http_basic"]
    username: str | None = None
    username_env: str | None = None
    password: Secret | None = None
    password_env: str | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        return self._once("username", "password")


class OAuth2(_Proof):
    """A token that a server hands out, asked for anew before it expires and when it is refused.

    Args:
        access_token_url: Where to ask; the credentials go there and nowhere else.
        access_token_request_data: What is sent besides, such as a scope.
        default_token_expiration: Seconds a token is good for where the server does not say.
        client_auth: Whether client id and secret go in the body of the request, or as `Authorization: Basic`.
    """

    access_token_url: str
    client_id: str | None = None
    client_id_env: str | None = None
    client_secret: Secret | None = None
    client_secret_env: str | None = None
    access_token_request_data: dict[str, str] = Field(default_factory=dict, repr=False)
    default_token_expiration: int = Field(default=3600, gt=0)
    client_auth: Literal["body", "basic"] = "body"


class OAuth2ClientCredentials(OAuth2):
    """OAuth 2.0, from machine to machine (RFC 6749, 4.4)."""

    type: Literal["oauth2_client_credentials"]

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        return self._once("client_id", "client_secret")


class OAuth2RefreshToken(OAuth2):
    """OAuth 2.0 with a token that a person once got (RFC 6749, 6).

    A refresh token that the server puts in its place is used until the end of the run, and then forgotten.
    """

    type: Literal["oauth2_refresh_token"]
    refresh_token: Secret | None = None
    refresh_token_env: str | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        return self._once("refresh_token")


def _with_type(auth: object) -> object:
    return {"type": "bearer", **auth} if isinstance(auth, dict) else auth


Auth = Annotated[
    Annotated[
        Bearer | ApiKey | HttpBasic | OAuth2ClientCredentials | OAuth2RefreshToken,
        Field(discriminator="type"),
    ],
    BeforeValidator(_with_type),
]
