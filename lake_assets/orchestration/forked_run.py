"""A run in a process that has imported everything already; the fork server of `run_launcher` loads this module first.

Importing Dagster takes a second, and a run that starts from nothing pays it before its first step. Here a process waits
that has paid: it is forked from one that holds Dagster, imports what starts threads (which no fork survives) by itself,
and is given a run when there is one.
"""

from __future__ import annotations

import os
import sys
from functools import cache
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from dagster._cli import cli

import lake_assets

__all__ = ["is_current", "wait_for_run"]

_BEFORE_THE_FORK = (
    "dagster.components",
    "dagster._core.definitions.repository_definition.repository_data_builder",
    "dagster._core.execution.plan.active",
    "dagster._core.executor.in_process",
    "dagster._core.instance.factory",
    "dagster._core.storage.root",
    "dagster._core.utility_ops",
    "dagster._core.workspace.autodiscovery",
    "dagster._utils.test.definitions",
    "dagster_aws.s3",
    "lake_assets.orchestration.history",
    "phonenumbers",
    "sqlglot.dialects.duckdb",
    "stdnum.eu.vat",
    "upath.implementations.local",
)
_AFTER_THE_FORK = (
    "lake_assets.orchestration.definitions_of",
    "lake_assets.orchestration.run_queue",
    "pyarrow.compute",
    "pyarrow.parquet",
    "pandera.polars",
    "polars._utils.parquet",
    "lake_assets.connectors.filesystem",
    "lake_assets.declarations.sql_query",
    "lake_assets.engines.polars",
    "lake_assets.formats.csv",
    "lake_assets.inference",
    "lake_assets.zones.trusted",
    "lake_assets.zones.formatted",
    "lake_assets.zones.exploitation",
)


for _module in _BEFORE_THE_FORK:
    import_module(_module)


def _newest() -> int:
    """When a module of this package was written last, in nanoseconds since 1970."""
    package = Path(next(iter(lake_assets.__path__)))
    return max(path.stat().st_mtime_ns for path in package.rglob("*.py"))


_NEWEST_AT_IMPORT = _newest()


def is_current() -> bool:
    """Whether the modules in memory are those on disk."""
    return _newest() == _NEWEST_AT_IMPORT


def wait_for_run(requests: Connection) -> None:
    """Import what a run needs, wait for one, execute it, and end.

    Args:
        requests: Where the run comes from, as the argument of `dagster api execute_run`; once it is closed, there
            is none.
    """
    for module in _AFTER_THE_FORK:
        import_module(module)
    _make_definitions_once()
    try:
        run = requests.recv()
    except EOFError:
        return
    command = ["api", "execute_run", run]
    if not is_current():
        os.execv(sys.executable, [sys.executable, "-m", "dagster", *command])  # noqa: S606 - the command is ours
    cli(command)


def _make_definitions_once() -> None:
    """Dagster asks for the definitions twice in a run; nothing that they come from may change in between."""
    made: Any = import_module("lake_assets.orchestration.definitions_of")
    made.lake_definitions = cache(made.lake_definitions)
