"""The Avro schemas by which values of a topic were written, so that what lands can be read without the registry."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import quote

from lake_assets.connectors._http_errors import RefusedError, require_status
from lake_assets.connectors._kafka_options import Registry
from lake_assets.connectors._secrets import Secrets
from lake_assets.connectors._site import Site, open_site
from lake_assets.connectors._urls import joined, require_url
from lake_assets.errors import ConnectorError
from lake_assets.settings import Settings, expand

__all__ = ["NoSchemas", "OneSchema", "RegistrySchemas", "Schemas", "open_registry", "schema_of_file"]

_MAGIC = 0
_ID_BYTES = 4
_OK = frozenset({200})
_UNKNOWN = 404


class Schemas(Protocol):
    """Tells by which schema a value was written."""

    def of(self, value: bytes | None) -> str | None:
        """The name of the schema of a value: empty where it should have one, None where values are not Avro."""
        ...

    def texts(self, names: Collection[str]) -> Mapping[str, object]:
        """The schemas of some names, each as Avro's JSON after those it refers to; unknown ones are left out.

        Raises:
            ConnectorError: When the registry does not answer.
        """
        ...


class NoSchemas:
    """For values that are not Avro."""

    def of(self, value: bytes | None) -> str | None:  # noqa: ARG002 - of the protocol
        """None."""
        return None

    def texts(self, names: Collection[str]) -> Mapping[str, object]:  # noqa: ARG002 - of the protocol
        """None at all."""
        return {}


@dataclass(frozen=True)
class OneSchema:
    """For values that are all written by the same schema.

    Args:
        schema: As Avro's JSON.
    """

    schema: object = field(repr=False)

    def of(self, value: bytes | None) -> str | None:
        """The one there is."""
        return "file" if value is not None else None

    def texts(self, names: Collection[str]) -> Mapping[str, object]:
        """The one there is."""
        return {name: [self.schema] for name in names}


class RegistrySchemas:
    """For values in Confluent's wire format: a zero byte, the id of the schema in four bytes, then the value.

    Args:
        site: The registry, opened.
        place: For errors.
    """

    def __init__(self, site: Site, place: str) -> None:
        self._site = site
        self._place = place
        self._found: dict[str, list[object] | None] = {}

    def of(self, value: bytes | None) -> str | None:
        """The id that a value begins with."""
        if value is None:
            return None
        if len(value) <= _ID_BYTES or value[0] != _MAGIC:
            return ""
        return str(int.from_bytes(value[1 : 1 + _ID_BYTES], "big"))

    def texts(self, names: Collection[str]) -> Mapping[str, object]:
        """See `Schemas.texts`; each id is asked for once."""
        found = {name: self._schema(name) for name in sorted(names)}
        return {name: schemas for name, schemas in found.items() if schemas is not None}

    def _schema(self, name: str) -> list[object] | None:
        if name not in self._found:
            try:
                self._found[name] = list(self._with_references(f"schemas/ids/{name}", set()))
            except RefusedError as refusal:
                if refusal.status != _UNKNOWN:
                    raise
                self._found[name] = None
        return self._found[name]

    def _with_references(self, path: str, seen: set[str]) -> Iterator[object]:
        answer = self._ask(path)
        for reference in answer.get("references") or []:
            further = f"subjects/{quote(str(reference['subject']), safe='')}/versions/{reference['version']}"
            if further not in seen:
                seen.add(further)
                yield from self._with_references(further, seen)
        yield json.loads(answer["schema"])

    def _ask(self, path: str) -> dict[str, Any]:
        place = f"{self._place}, registry {path}"
        with self._site.get(joined(self._site.home, path), place) as response:
            require_status(response, place, _OK)
            body = b"".join(self._site.chunks(response, place))
        try:
            answer = json.loads(body)
            kind = answer.get("schemaType", "AVRO")
            _ = kind == "AVRO" and json.loads(answer["schema"])
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            mend = "correct url: it names no Schema Registry"
            raise ConnectorError("the registry answers no schema", place=place, mend=mend) from error
        if kind != "AVRO":
            mend = "leave out avro, and read the values as base64"
            raise ConnectorError(f"it is not an Avro schema but {kind}", place=place, mend=mend)
        return dict(answer)


@contextmanager
def open_registry(registry: Registry, place: str) -> Iterator[RegistrySchemas]:
    """Make ready to ask a registry; nothing is sent yet."""
    url = require_url(expand(registry.url, place=place), place)
    headers, secrets = _credentials(registry, place)
    with open_site(url, headers, secrets, timeout_s=registry.timeout_s, retries=registry.retries) as site:
        yield RegistrySchemas(site, place)


def _credentials(registry: Registry, place: str) -> tuple[dict[str, str], Secrets]:
    if not registry.username_env:
        return {}, Secrets([])
    names = (registry.username_env, registry.password_env)
    user, password = (expand(f"${{{name}}}", place=place).strip() for name in names)
    proof = b64encode(f"{user}:{password}".encode()).decode()
    return {"Authorization": f"Basic {proof}"}, Secrets([user, password, proof])


def schema_of_file(path: str, place: str) -> OneSchema:
    """The schema in a file, from the project folder.

    Raises:
        ConnectorError: When it cannot be read, or is no Avro schema.
    """
    file = Settings.from_environment().project / expand(path, place=place)
    mend = "correct the path under avro, from the project folder, or the schema in it"
    try:
        return OneSchema(json.loads(file.read_bytes()))
    except OSError as error:
        what = f"the schema {path} cannot be read: {error.strerror}"
        raise ConnectorError(what, place=place, mend=mend) from error
    except ValueError as error:
        raise ConnectorError(f"the schema {path} is not JSON: {error}", place=place, mend=mend) from error
