"""`lake docs`: a site of static pages about the lake."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from lake_assets.cli.options import json_option, lake_options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lake_assets.settings import Settings

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
    from lake_assets.settings import Settings

    settings = Settings.from_environment(root, defs)
    index = _index(settings, out)
    if is_opened and "://" in index:
        raise click.UsageError(f"a browser cannot open {index}: add --out DIR")
    files, changed, removed = _written(settings, out)
    if as_json:
        print_json({"index": index, "files": files, "changed": list(changed), "removed": list(removed)})
    else:
        click.echo(_told(index, files, len(changed), len(removed)))
    if is_opened:
        click.launch(index)


def _index(settings: Settings, out: Path | None) -> str:
    from lake_assets.search import SITE_FOLDER
    from lake_assets.storage.root import LakeRoot

    folder = str(out.absolute()) if out else LakeRoot.of(settings).locate(SITE_FOLDER)
    return f"{folder}/index.html"


def _written(settings: Settings, out: Path | None) -> tuple[int, Sequence[str], Sequence[str]]:
    """How many files the site has, those that were written, those that were removed.

    What is slow to import is imported only where the site has to be made.
    """
    from lake_assets.search import SITE_FOLDER, site_made_of, stamped_files
    from lake_assets.storage.local_files import LocalFiles
    from lake_assets.storage.root import LakeRoot

    root, store = LakeRoot.of(settings), LocalFiles(str(out.absolute())) if out else None
    place, folder = (store, "") if store else (root.files, SITE_FOLDER)
    known = stamped_files(place, folder, site_made_of(root, settings.defs))
    if known is not None:
        return known, (), ()
    from lake_assets.lake import Lake, write_docs

    written = write_docs(Lake(settings), store)
    return written.files, written.changed, written.removed


def _told(index: str, files: int, changed: int, removed: int) -> str:
    from lake_assets.cli.output import path_text
    from lake_assets.wording import quantity

    where = index if "://" in index else path_text(Path(index))
    if not changed and not removed:
        return f"the site says all this already, {quantity(files, 'file')}: {where}"
    gone = f", {quantity(removed, 'page')} removed" if removed else ""
    return f"{quantity(changed, 'file')} of {files:,} written{gone}: {where}"
