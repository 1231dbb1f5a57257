"""`lake docs`: a site of static pages about the lake."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from lake_assets.cli.options import json_option, lake_options, open_lake

if TYPE_CHECKING:
    from lake_assets.lake import Lake
    from lake_assets.site import Written

__all__ = ["docs"]


@click.command(
    epilog="""\b
The shape of --json:
  {"index": text, "files": count, "changed": [path], "removed": [path]}
"""
)
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder to write to. Default: docs under the root of the lake",
)
@click.option("--open", "is_opened", is_flag=True, help="Show it in a browser.")
@json_option("one JSON document")
@lake_options
def docs(out: Path | None, root: str | None, defs: str | None, *, is_opened: bool, as_json: bool) -> None:
    """Write a site of static pages about the lake: tables, columns, lineage, rules, profiles, sources, vocabulary.

    It needs no server. Pages that say what they said before are not written again, pages of tables that are gone
    are removed. No value of a personal column and no secret is on a page.
    """
    from lake_assets.cli.output import print_json

    lake = open_lake(root, defs)
    index = _index(lake, out)
    if is_opened and "://" in index:
        raise click.UsageError(f"a browser cannot open {index}: add --out DIR")
    written = _write(lake, out)
    if as_json:
        changed, removed = list(written.changed), list(written.removed)
        print_json({"index": index, "files": written.files, "changed": changed, "removed": removed})
    else:
        click.echo(_told(written, index))
    if is_opened:
        click.launch(index)


def _index(lake: Lake, out: Path | None) -> str:
    from lake_assets.site import INDEX

    return str(out.absolute() / INDEX.rpartition("/")[2]) if out else lake.root.locate(INDEX)


def _write(lake: Lake, out: Path | None) -> Written:
    from lake_assets.lake import write_docs
    from lake_assets.storage.local_files import LocalFiles

    store = LocalFiles(str(out.absolute())) if out else None
    return write_docs(lake, store)


def _told(written: Written, index: str) -> str:
    from lake_assets.cli.output import path_text, quantity

    where = index if "://" in index else path_text(Path(index))
    gone = f", {quantity(len(written.removed), 'page')} removed" if written.removed else ""
    if not written.changed and not written.removed:
        return f"the site says all this already, {quantity(written.files, 'file')}: {where}"
    return f"{quantity(len(written.changed), 'file')} of {written.files:,} written{gone}: {where}"
