"""`lake decide`: what people decide that a program must not, on record: words, drifts, rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from lake_assets.cli.options import json_option, lake_options, open_lake

if TYPE_CHECKING:
    from lake_assets.governance.decisions import Decision
    from lake_assets.lake import Lake

__all__ = ["decide"]


@click.command(
    epilog="""\b
Examples:
  lake decide flights city "Nwe York" --as "New York" --why "a slip of the pen"
  lake decide flights colour --about drift --why "the vendor told us in March"
  lake decide flights arr_delay_in_range --about rule --why "the bound was in seconds"
The shape of --json:
  {"decision_id", "kind", "dataset", "column", "value", "decided", "why", "who", "at", "supersedes": id or null}
"""
)
@click.argument("dataset")
@click.argument("column", metavar="COLUMN|ELEMENT|RULE")
@click.argument("value", required=False, default="")
@click.option(
    "--about",
    default="vocabulary",
    show_default=True,
    type=click.Choice(["vocabulary", "drift", "rule"]),
    help="What is decided about.",
)
@click.option(
    "--as",
    "decided",
    metavar="WORD",
    help="What is decided. A word of the vocabulary, or the value itself when it is right as it is; it must be given"
    " there. Default: accepted for a drift, mended for a rule.",
)
@click.option("--why", required=True, metavar="TEXT", help="Why, for the record.")
@click.option("--who", metavar="NAME", help="Who decides, for the record. Default: who is logged in.")
@json_option("one JSON document")
@lake_options
def decide(  # noqa: PLR0913, PLR0917  (click gives each option as an argument)
    dataset: str,
    column: str,
    value: str,
    about: str,
    decided: str | None,
    why: str,
    who: str | None,
    root: str | None,
    defs: str | None,
    *,
    as_json: bool,
) -> None:
    """Record which word of its vocabulary a VALUE stands for; or that a drift is accepted, or why a rule was mended.

    Batches from now on are cleaned by the word, and so is what `lake replay` takes back; rows in the trusted table
    stay. A later decision on the same takes the place of this one; all stay on record in governance.decisions.
    """
    from dataclasses import asdict

    from lake_assets.cli.output import print_json

    lake = open_lake(root, defs)
    if about == "vocabulary":
        made = _word(lake, (dataset, column, value), decided, why, who)
    elif value:
        raise click.UsageError(f"a decision about a {about} takes no VALUE")
    else:
        made = _other(lake, about, (dataset, column), decided, why, who)
    if as_json:
        print_json(asdict(made))
        return
    click.echo(_told(made))


def _word(
    lake: Lake, subject: tuple[str, str, str], decided: str | None, why: str, who: str | None
) -> Decision:
    from lake_assets.lake.deciding import whoami

    if decided is None or not subject[2]:
        raise click.UsageError("name the VALUE, and with --as WORD what it stands for")
    return lake.decide(*subject, decided, why, who or whoami())


def _other(
    lake: Lake, about: str, subject: tuple[str, str], decided: str | None, why: str, who: str | None
) -> Decision:
    named = {"decided": decided} if decided else {}
    make = lake.decide_drift if about == "drift" else lake.decide_rule
    return make(*subject, why, who or "", **named)


def _told(made: Decision) -> str:
    instead = f", in place of decision {made.supersedes}" if made.supersedes else ""
    about = {
        "vocabulary": f"{made.value!r} in {made.dataset}.{made.column} stands for {made.decided!r}",
        "drift": f"the {made.value} element {made.column} of {made.dataset}: {made.decided}",
        "rule": f"the rule {made.column} of {made.dataset}, version {made.value}: {made.decided}",
    }
    return f"decision {made.decision_id}: {about[made.kind]}{instead}"
