"""`lake health`: how every table is, one line each."""

from __future__ import annotations

import click

from lake_assets.cli.options import json_option, lake_options, open_lake

__all__ = ["health"]

_NOT_DECLARED = (
    "whether a table is fresh is told where `fresh_within` is declared, such as `fresh_within: 1d`"
)


@click.command(
    epilog="""\b
The shape of --json, a list of one for each declared table, in the order of the flow:
  {"table", "rows", "last_at", "is_fresh", "rules_kept", "rules_broken", "is_blocked", "quarantined", "drifted",
   "failures", "typical_s", "trend", "is_well"}
"""
)
@json_option("one JSON document")
@lake_options
def health(root: str | None, defs: str | None, *, as_json: bool) -> None:
    """Tell how every table is: rows, last change, freshness, rules, quarantine, drift, failures, duration and trend.

    What asks for attention comes first. The UI shows the same on the asset governance/health.
    """
    from dataclasses import asdict

    from lake_assets.cli.output import console, print_json, print_table
    from lake_assets.lake import HEALTH_HEADER, health_cells, health_of, worst_first

    told = health_of(open_lake(root, defs))
    if as_json:
        print_json([{**asdict(each), "is_well": each.is_well} for each in told])
        return
    print_table(console(), HEALTH_HEADER, [health_cells(each) for each in worst_first(told)])
    if told and all(each.is_fresh is None for each in told):
        click.echo(_NOT_DECLARED)
