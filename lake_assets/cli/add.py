"""`lake add WHAT`: what `lake infer` prints, written among the declarations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from lake_assets.cli.infer import SHAPE, draft
from lake_assets.cli.options import json_option, lake_options

if TYPE_CHECKING:
    from pathlib import Path

    from lake_assets.inference import SourceDraft

__all__ = ["add"]


@click.command(
    epilog=f"""\b
The shape of --json:
  {{"path", "next": command,
{SHAPE}
"""
)
@click.argument("what", metavar="PATH|URL")
@click.option(
    "--name", help="Of the source, and of its table where it has but one. Default: as the file is called"
)
@json_option("one JSON document")
@lake_options
def add(what: str, name: str | None, root: str | None, defs: str | None, *, as_json: bool) -> None:
    """Write a ready declaration for a file, a folder, a glob, a URL or a database into a folder of declarations.

    It becomes NAME/defs.yaml there. The folder is the first of --defs, or else `defs` in the working directory. What
    is there is not overwritten, nor is a table declared whose name another source has. See `lake infer`.
    """
    from lake_assets.cli.output import path_text, print_json
    from lake_assets.inference import as_document, write_source

    drafted = draft(what, name, root, defs)
    folder = _folder(defs)
    path = write_source(drafted, folder)
    following = _next_command(drafted, folder, root)
    if as_json:
        print_json({"path": str(path), "next": following, **as_document(drafted)})
        return
    click.echo(f"{path_text(path)}: {_told(drafted)}")
    for note in drafted.notes:
        click.echo(f"  {note}")
    click.echo("Read it, correct it, fill in the descriptions. Then:")
    click.echo(f"  {following}")


def _folder(defs: str | None) -> Path:
    """Where declarations are written: never into the demo's, which are part of the package."""
    import os
    from pathlib import Path

    return Path(defs.split(os.pathsep)[0] if defs else "defs").absolute()


def _told(drafted: SourceDraft) -> str:
    from lake_assets.wording import quantity

    return ", ".join(
        f"{each.name} ({each.kind}, {quantity(len(each.columns), 'column')})" for each in drafted.datasets
    )


def _next_command(drafted: SourceDraft, folder: Path, root: str | None) -> str:
    import shlex

    from lake_assets.cli.output import path_text

    elsewhere = ["--root", root] if root else []
    return shlex.join(["lake", "ingest", drafted.name, "--defs", path_text(folder), *elsewhere])
