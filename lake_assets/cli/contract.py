"""`lake contract`: the contract of a dataset, to and from the Open Data Contract Standard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from lake_assets.cli.options import lake_options, open_lake

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["contract"]


@click.command(
    epilog="""\b
Examples:
  lake contract export flights -o flights.odcs.yaml
  lake contract import orders.odcs.yaml --defs defs
"""
)
@click.argument("action", metavar="export|import", type=click.Choice(["export", "import"]))
@click.argument("what", metavar="DATASET|FILE")
@click.option("--output", "-o", metavar="FILE", help="Where an export is written; default: standard output.")
@lake_options
def contract(action: str, what: str, output: str | None, root: str | None, defs: str | None) -> None:
    """Write the contract of a dataset, or declare the source that a contract describes.

    A contract is YAML of the Open Data Contract Standard, version 3. An export holds schema, key, meaning, units,
    personal columns, owner, licence, service levels and rules. An import writes NAME/defs.yaml in a folder of
    declarations, as `lake add` does; nothing is overwritten, and what it has no place for is told.
    """
    if action == "export":
        _export(what, output, root, defs)
    elif output:
        raise click.UsageError("--output is for export: an import writes into the folder of declarations")
    else:
        _import(what, root, defs)


def _export(dataset: str, output: str | None, root: str | None, defs: str | None) -> None:
    from pathlib import Path

    from lake_assets.contracts import contract_text
    from lake_assets.lake import contract_of

    text = contract_text(contract_of(open_lake(root, defs), dataset))
    if output is None:
        click.echo(text, nl=False)
    else:
        _write(Path(output), text)
        click.echo(f"{output}: the contract of {dataset}", err=True)


def _write(path: Path, text: str) -> None:
    from lake_assets.errors import StorageError

    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        mend = "give --output a path that can be written"
        what = f"the contract cannot be written: {error.strerror}"
        raise StorageError(what, place=str(path), mend=mend) from error


def _import(file: str, root: str | None, defs: str | None) -> None:
    import os
    from pathlib import Path

    from lake_assets.cli.output import path_text
    from lake_assets.declarations import declare_contract

    folder = Path(defs.split(os.pathsep)[0] if defs else "defs").absolute()
    path, found = declare_contract(Path(file), folder)
    for place, what in found.remarks:
        click.echo(f"{place}: {what}", err=True)
    click.echo(f"{path_text(path)}: {', '.join(found.datasets)}")
    click.echo("Read it, correct connector and from. Then:")
    click.echo(f"  {_next_command(path, folder, root)}")


def _next_command(path: Path, folder: Path, root: str | None) -> str:
    import shlex

    from lake_assets.cli.output import path_text

    elsewhere = ["--root", root] if root else []
    return shlex.join(["lake", "ingest", path.parent.name, "--defs", path_text(folder), *elsewhere])
