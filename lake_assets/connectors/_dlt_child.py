"""The process in which dlt works: `python -m lake_assets.connectors._dlt_child FOLDER`.

It reads `request.json` in the folder, writes what the resource yields beside it, and last `outcome.json`. Nothing of
dlt is ever in the process of the lake: neither its settings and threads, nor what a source does to its surroundings.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from typing import Any, cast

import dlt
from dlt.common.configuration.container import Container
from dlt.common.pipeline import StateInjectableContext, TPipelineState
from dlt.common.versioned_state import json_decode_state, json_encode_state
from dlt.extract import DltResource, DltSource

from lake_assets.connectors._dlt_rows import write_rows

__all__ = ["pull"]

_SOURCES = "sources"


def pull(folder: Path) -> None:
    """Pull a resource.

    Args:
        folder: Holds `request.json`: `source`, `arguments`, `resource`, `incremental`, `state` and `pull`.
    """
    request = json.loads((folder / "request.json").read_text(encoding="utf-8"))
    try:
        outcome = _pulled(request, folder)
    except Exception as error:  # noqa: BLE001 - whatever a source raises is told to who asked
        outcome = {"failure": _reason(error)}
    (folder / "outcome.json").write_text(json.dumps(outcome), encoding="utf-8")


def _pulled(request: Mapping[str, Any], folder: Path) -> dict[str, object]:
    state = cast("TPipelineState", json_decode_state(request["state"]) if request["state"] else {})
    with Container().injectable_context(StateInjectableContext(state=state)):
        rows = _rows(_made(request["source"], request["arguments"]), request)
        written = write_rows(rows, folder, request["pull"])
    kept = _without_empty({_SOURCES: state.get(_SOURCES, {})})
    return {**vars(written), "state": json_encode_state(cast("TPipelineState", kept)) if kept else ""}


def _without_empty(state: Mapping[str, object]) -> dict[str, object]:
    """A state without what was only looked for in it."""
    members = {
        name: _without_empty(value) if isinstance(value, dict) else value for name, value in state.items()
    }
    return {name: value for name, value in members.items() if value != {}}


def _made(named: str, arguments: Mapping[str, object]) -> DltSource | DltResource:
    """What a function makes, or what bears its name.

    Raises:
        TypeError: When it is no source and no resource.
    """
    module, _, name = named.partition(":")
    found: Any = getattr(import_module(module), name)
    if not isinstance(found, DltSource | DltResource) or arguments or _waits(found):
        found = cast("Any", found)(**arguments)
    if not isinstance(found, DltSource | DltResource):
        raise TypeError(f"{named} is no dlt source or resource but {type(found).__name__}")
    return found


def _waits(found: DltSource | DltResource) -> bool:
    return isinstance(found, DltResource) and not found.args_bound


def _rows(made: DltSource | DltResource, request: Mapping[str, Any]) -> Iterator[object]:
    """What the resource yields.

    Raises:
        LookupError: When there is none of this name.
    """
    wanted = request["resource"]
    resources = made.resources if isinstance(made, DltSource) else {made.name: made}
    if wanted not in resources:
        near = get_close_matches(wanted, resources, n=3) or sorted(resources)
        raise LookupError(f"there is no resource {wanted!r}; there are {', '.join(near)}")
    if request["incremental"]:
        resources[wanted].apply_hints(incremental=dlt.sources.incremental(**request["incremental"]))
    return iter(made.with_resources(wanted) if isinstance(made, DltSource) else made)


def _reason(error: BaseException) -> str:
    """What went wrong at the bottom; dlt wraps it in sentences of its own."""
    deepest = error
    while deepest.__cause__ is not None:
        deepest = deepest.__cause__
    return f"{type(deepest).__name__}: {deepest}"


if __name__ == "__main__":
    pull(Path(sys.argv[1]))
