"""How `lake` tells errors: what, at, to mend; a traceback only for what nobody foresaw."""

import gc
from typing import IO, Any

import click

from lake_assets.errors import LakeError

__all__ = ["LakeGroup"]

_OBJECTS = 100_000
"""How many objects more make Python look for garbage: imports make many and leave none, and looking took 0.1 s."""


class _Told(click.ClickException):
    """A `LakeError` as click ends a command with: its lines on standard error, exit status 1."""

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(self.message, file=file, err=file is None)


class LakeGroup(click.Group):
    """Commands that tell a `LakeError` without a traceback, listed in the order in which they were added."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command that was asked for."""
        gc.set_threshold(_OBJECTS)
        try:
            return super().invoke(ctx)
        except LakeError as error:
            raise _Told(str(error)) from error

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click calls it with the context
        """Name the commands."""
        return list(self.commands)
