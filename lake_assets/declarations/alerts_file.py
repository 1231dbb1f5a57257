"""Where alerts go: `alerts.yaml` at the top of a folder of declarations."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from lake_assets.declarations.checked import checked
from lake_assets.declarations.faults import noting, raise_noted
from lake_assets.declarations.names import Words
from lake_assets.declarations.positions import Positions
from lake_assets.declarations.yaml_text import build_yaml, compose_yaml, read_text
from lake_assets.errors import DeclarationError
from lake_assets.model import AlertKind, AlertRoute

__all__ = ["ALERTS_FILE", "alert_routes"]

ALERTS_FILE = "alerts.yaml"


class _RouteSpec(BaseModel):
    """One place that alerts go to."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url_env: Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")] = Field(
        description="The environment variable that holds the URL."
    )
    kinds: tuple[AlertKind, ...] = Field(default=tuple(AlertKind), description="Which alerts; default: all.")
    tables: Words = Field(default=("*",), description="Of which tables, as globs; default: all.")


class _AlertsSpec(BaseModel):
    """The file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    alerts: tuple[_RouteSpec, ...] = Field(description="Where they go.")


def alert_routes(folders: Sequence[Path]) -> list[AlertRoute]:
    """The routes that are declared in some folders; none where there is no file.

    Raises:
        DeclarationError: When a file is not valid, with every fault.
    """
    faults: list[DeclarationError] = []
    routes: list[AlertRoute] = []
    for path in (folder / ALERTS_FILE for folder in folders):
        if path.is_file():
            with noting(faults):
                routes += _routes(path)
    raise_noted(faults)
    return routes


def _routes(path: Path) -> list[AlertRoute]:
    routes: list[AlertRoute] = []
    for node in compose_yaml(read_text(path), str(path)):
        value, repeated = build_yaml(node, str(path))
        raise_noted(repeated)
        positions = Positions(node, str(path))
        spec = checked(_AlertsSpec, value, positions)
        routes += [
            AlertRoute(each.url_env, each.kinds, each.tables, positions.place(("alerts", number)))
            for number, each in enumerate(spec.alerts)
        ]
    return routes
