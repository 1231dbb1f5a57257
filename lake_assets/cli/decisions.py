"""`lake decisions`: what was decided, by whom and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from lake_assets.cli.options import json_option, lake_options, open_lake

if TYPE_CHECKING:
    from lake_assets.governance.decisions import Decision

__all__ = ["decisions"]

_KINDS = ("vocabulary", "drift", "rule", "replay", "promotion", "erasure")
_COLUMNS = ("decision_id", "kind", "dataset", "column", "value", "decided", "why", "who", "at")


@click.command(
    epilog="""\b
The shape of --json, the newest first:
  [{"decision_id", "kind", "dataset", "column", "value", "decided", "why", "who", "at", "supersedes": id or null,
    "is_in_force": bool}]
"""
)
@click.option("--about", type=click.Choice(_KINDS), help="Only those about this.")
@click.option("--dataset", metavar="NAME", help="Only those about this dataset or table.")
@click.option("--who", metavar="NAME", help="Only those of this person.")
@click.option("--all", "is_all", is_flag=True, help="Also those that a later one has taken the place of.")
@json_option("one JSON document")
@lake_options
def decisions(
    about: str | None,
    dataset: str | None,
    who: str | None,
    root: str | None,
    defs: str | None,
    *,
    is_all: bool,
    as_json: bool,
) -> None:
    """List what people decided: words of vocabularies, accepted drifts, mended rules, replays, promotions, erasures.

    The newest come first. Decisions cannot be made again: they are in governance.decisions and nowhere else.
    """
    from dataclasses import asdict

    from lake_assets.cli.output import cell_text, console, print_json, print_table
    from lake_assets.governance.decisions import decisions_made, superseded

    wanted = {"kind": about, "dataset": dataset, "who": who}
    known = decisions_made(open_lake(root, defs).root)
    gone = superseded(known)
    made = [
        {**asdict(each), "is_in_force": each.decision_id not in gone}
        for each in reversed(known)
        if (is_all or each.decision_id not in gone) and _fits(each, wanted)
    ]
    if as_json:
        print_json(made)
    elif not made:
        click.echo("nothing was decided")
    else:
        heads = ("#id", *_COLUMNS[1:])
        print_table(console(), heads, [[cell_text(each[name]) for name in _COLUMNS] for each in made])


def _fits(made: Decision, wanted: dict[str, str | None]) -> bool:
    return all(value is None or getattr(made, name) == value for name, value in wanted.items())
