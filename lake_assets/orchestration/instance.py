"""The Dagster instance of a folder, opened outside of Dagster's own processes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg

__all__ = ["opened_instance"]

_HOME = "DAGSTER_HOME"


@contextmanager
def opened_instance(folder: Path) -> Iterator[dg.DagsterInstance]:
    """Open an instance, and close it after the block.

    Its settings may name `DAGSTER_HOME`, which Dagster's own processes are given; it is the folder where it is not set.

    Args:
        folder: Holds the `dagster.yaml` of the instance.
    """
    is_set = _HOME in os.environ
    os.environ.setdefault(_HOME, str(folder.absolute()))
    try:
        opened = dg.DagsterInstance.from_config(str(folder))
    finally:
        if not is_set:
            del os.environ[_HOME]
    with opened as instance:
        yield instance
