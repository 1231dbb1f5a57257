"""What every command is told about the lake, and how it opens it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from lake_assets.lake import Lake

__all__ = ["json_option", "lake_options", "open_lake"]

_Command = TypeVar("_Command", bound=Callable[..., object])

_ROOT = click.option(
    "--root",
    metavar="DIR",
    envvar="LAKE_ROOT",
    show_envvar=True,
    help="Where the lake is: a folder or s3://bucket/prefix. Default: lake",
)
_DEFS = click.option(
    "--defs",
    metavar="DIRS",
    envvar="LAKE_DEFS",
    show_envvar=True,
    help="Folders of declarations, joined like a PATH. Default: the demo lake's",
)


def lake_options(command: _Command) -> _Command:
    """Add `--root` and `--defs`."""
    return _ROOT(_DEFS(command))


def json_option(shape: str) -> Callable[[_Command], _Command]:
    """Add `--json`.

    Args:
        shape: What is printed, for the help.
    """
    return click.option(
        "--json", "as_json", is_flag=True, help=f"Print {shape}, and nothing else, on standard output."
    )


def open_lake(root: str | None, defs: str | None) -> Lake:
    """Open the lake that the options name."""
    from lake_assets.lake import Lake

    return Lake.open(root, defs)
