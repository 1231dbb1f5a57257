"""`lake governance list|show|rebuild`: the artefacts of governance, what is in them, and how to make them again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from lake_assets.cli.options import json_option, lake_options, open_lake

if TYPE_CHECKING:
    from lake_assets.lake import Lake

__all__ = ["governance"]


@click.command(
    epilog="""\b
The shape of --json:
  list     [{"artefact", "number", "title", "kind", "description", "table", "rows", "version": number or null,
             "made_from", "is_waiting"}]
  show     {"artefact", ... as in list, "columns": [{"name", "type", "meaning"}], "newest_rows": [{column: value}]}
  rebuild  [{... as in list}], those that were made again
"""
)
@click.argument("action", metavar="list|show|rebuild", type=click.Choice(["list", "show", "rebuild"]))
@click.argument("artefact", required=False, default="")
@click.option(
    "--rows", default=10, show_default=True, type=click.IntRange(min=0), help="How many rows to show."
)
@json_option("one JSON document")
@lake_options
def governance(
    action: str, artefact: str, rows: int, root: str | None, defs: str | None, *, as_json: bool
) -> None:
    """List the artefacts of governance, show one of them, or make them again.

    They are tables under governance/, brought up to date at the end of each ingest and run. A rebuild makes them again
    from the commits of the zones, from persistent landing and from what was recorded of declarations; decisions and
    definitions stand nowhere else, and are left as they are.
    """
    from lake_assets.cli.output import print_json

    lake = open_lake(root, defs)
    if action == "show" and not artefact:
        raise click.UsageError("name an artefact; `lake governance list` lists them")
    if action == "list" and artefact:
        raise click.UsageError("list takes no artefact; use show")
    if action == "show":
        found = _show(lake, artefact, rows)
        print_json(found) if as_json else _print_one(found)
        return
    listed = _rebuild(lake, artefact) if action == "rebuild" else _list(lake)
    if as_json:
        print_json(listed)
    else:
        _print_list(listed, action)


def _list(lake: Lake) -> list[dict[str, object]]:
    from lake_assets.catalog import standings
    from lake_assets.cli.governed import document_of

    return [document_of(each) for each in standings(lake.root)]


def _show(lake: Lake, artefact: str, rows: int) -> dict[str, object]:
    from lake_assets.cli.governed import shown

    return shown(lake, artefact, rows)


def _rebuild(lake: Lake, artefact: str) -> list[dict[str, object]]:
    from lake_assets.catalog import standings
    from lake_assets.cli.governed import document_of

    made = {each.name for each in lake.rebuild(artefact)}
    return [document_of(each) for each in standings(lake.root) if each.artefact.name in made]


def _print_list(found: list[dict[str, object]], action: str) -> None:
    from lake_assets.cli.output import console, print_table

    heads = ("#", "artefact", "#rows", "#version", "kind", "what one row says")
    print_table(console(), heads, [_cells(each) for each in found])
    if action == "rebuild":
        click.echo(
            "\nmade again; decisions and definitions are as they were, and what was erased: they stand nowhere else"
        )


def _cells(each: dict[str, object]) -> tuple[str, ...]:
    version = "-" if each["version"] is None else f"{each['version']:,}"
    waiting = " (waits for the analysis backbone)" if each["is_waiting"] else ""
    numbered = str(each["number"] or "")
    told = f"{each['description']}{waiting}"
    return (numbered, str(each["artefact"]), f"{each['rows']:,}", version, str(each["kind"]), told)


def _print_one(found: dict[str, object]) -> None:
    from lake_assets.cli.governed_text import print_artefact

    print_artefact(found)
