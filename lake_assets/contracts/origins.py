"""Where a contract says that data is, as a connector; what only somebody's own tool can read is left open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from lake_assets.contracts.part import Part
from lake_assets.contracts.standard import without_empty

__all__ = ["Origin", "origin_of"]

_READ = {"avro", "csv", "json", "parquet", "xml"}


@dataclass(frozen=True)
class Origin:
    """Where the data of a contract comes from.

    Args:
        connector: The connector.
        path: What it collects; may hold `{model}` for the name of a table.
        format: The format of its files; empty where the ending tells.
        is_guess: Whether nobody said so.
    """

    connector: dict[str, object] = field(default_factory=lambda: {"kind": "filesystem"})
    path: str = "inbox/{model}/*.csv"
    format: str = ""
    is_guess: bool = True


def origin_of(servers: Iterable[Part]) -> Origin:
    """The first server whose files the lake can collect."""
    return next((found for each in servers if (found := _files_at(each))), Origin())


def _files_at(server: Part) -> Origin | None:
    kind, files = str(server.value.get("type") or ""), str(server.value.get("format") or "")
    if (files and files not in _READ) or kind not in {"local", "s3"}:
        return None
    place = str(server.value.get("path" if kind == "local" else "location") or "")
    for name in ("type", "format", "path" if kind == "local" else "location", "server"):
        server.take(name)
    if kind == "local":
        return Origin(path=place, format=files, is_guess=False)
    bucket, _, prefix = place.removeprefix("s3://").partition("/")
    connector = without_empty({"kind": "s3", "bucket": bucket, "endpoint_url": server.take("endpointUrl")})
    return Origin(connector, prefix, files, is_guess=False)
