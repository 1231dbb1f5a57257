"""`lake owners [TEAM]`: who answers for what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from lake_assets.cli.options import json_option, lake_options, open_lake

if TYPE_CHECKING:
    from lake_assets.declarations import Declarations

__all__ = ["owners"]

_NOBODY = "(nobody)"


@click.command(
    epilog="""\b
The shape of --json:
  [{"owner": text, empty for nobody, "kind": "source" or "table" or "rule" or "term", "name", "description"}]
"""
)
@click.argument("team", required=False, default="")
@click.option(
    "--of", "name", metavar="NAME", default="", help="Only of sources, tables and terms of this name."
)
@json_option("a JSON list")
@lake_options
def owners(team: str, name: str, root: str | None, defs: str | None, *, as_json: bool) -> None:
    """Tell which team answers for which sources, tables, terms and rules; of one TEAM, or who owns what has a NAME.

    Rules are listed where their owner is not that of their table. What nobody answers for comes last.
    """
    from lake_assets.cli.output import cell_text, console, print_json, print_table

    owned = _owned(open_lake(root, defs).declarations)
    found = [each for each in owned if _is_of(each["owner"], team) and _is_called(each["name"], name)]
    found.sort(key=lambda each: (not each["owner"], each["owner"], each["kind"], each["name"]))
    if as_json:
        print_json(found)
    elif not found:
        click.echo("nothing is owned by that name")
    else:
        rows = [
            (each["owner"] or _NOBODY, each["kind"], each["name"], cell_text(each["description"]))
            for each in found
        ]
        print_table(console(), ("owner", "kind", "name", "description"), rows)


def _is_of(owner: str, team: str) -> bool:
    return not team or owner.removeprefix("team:") == team.removeprefix("team:")


def _is_called(own: str, name: str) -> bool:
    return not name or name in {own, own.partition(".")[2]}


def _owned(declarations: Declarations) -> list[dict[str, str]]:
    from lake_assets.model import Zone

    def told(owner: str, kind: str, name: str, description: str) -> dict[str, str]:
        return {"owner": owner, "kind": kind, "name": name, "description": description}

    tables = [
        *(
            (str(each.table(Zone.TRUSTED)), each.owner, each.description, each.rules)
            for each in declarations.tables
        ),
        *(
            (str(each.target), each.owner, each.description, each.rules)
            for each in declarations.transformations
        ),
    ]
    return [
        *(told(each.owner, "source", each.name, each.description) for each in declarations.sources),
        *(told(owner, "table", name, description) for name, owner, description, _ in tables),
        *(told(each.owner, "term", each.name, each.definition) for each in declarations.terms),
        *(
            told(rule.owner, "rule", f"{name}.{rule.rule_id}", rule.reason)
            for name, owner, _, rules in tables
            for rule in rules
            if rule.owner != owner
        ),
    ]
