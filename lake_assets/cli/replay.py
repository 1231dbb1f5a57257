"""`lake replay DATASET`: what was set aside, decoded by the mapping and judged by the rules as they are now."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from lake_assets.cli.options import json_option, lake_options, open_lake

__all__ = ["replay"]

if TYPE_CHECKING:
    from lake_assets.lake import IngestReport
    from lake_assets.model import StepReport

_NONE = (
    "nothing to take back: what is in quarantine still breaks a rule or cannot be read,"
    " see `lake quarantine {dataset}`"
)


@click.command(
    epilog="""\b
Exit status: as `lake ingest`.
The shape of --json: as `lake ingest --json`; the first steps are what was decoded again (formatted), and the replay
(trusted).
"""
)
@click.argument("dataset")
@click.option("--why", required=True, metavar="TEXT", help="Why, for the record.")
@click.option("--who", metavar="NAME", help="Who asks for it, for the record. Default: who is logged in.")
@json_option("one JSON document")
@lake_options
@click.pass_context
def replay(
    ctx: click.Context,
    dataset: str,
    why: str,
    who: str | None,
    root: str | None,
    defs: str | None,
    *,
    as_json: bool,
) -> None:
    """Decode and judge again what was set aside of a dataset, and take back what passes now.

    Run it after a rule, the mapping or the format was mended. Each row comes back once, however often this is run; the
    exploitation tables follow. That it was asked for, and why, is on record as a decision.
    """
    from lake_assets.cli.ingest import record_governance
    from lake_assets.cli.outcome import as_document, complaints, exit_status
    from lake_assets.cli.output import console, print_json
    from lake_assets.cli.progress import shown_progress

    lake = open_lake(root, defs)
    with shown_progress(console(stderr=True)) as watch:
        report = lake.replay(dataset, why, watch, who=who or "")
    record_governance(lake, report)
    if as_json:
        print_json(as_document(lake.root.uri, report))
    else:
        for line in _told(dataset, report):
            click.echo(line)
    for complaint in complaints(report):
        click.echo(f"\n{complaint}", err=True)
    ctx.exit(exit_status(report))


def _told(dataset: str, report: IngestReport) -> list[str]:
    """What changed, zone by zone."""
    again = [step for step in report.reports if step.table == dataset and step.zone in _SAYS]
    told = [_SAYS[step.zone](step) for step in again if step.is_changed]
    made = [step for step in report.reports if step.zone == "exploitation" and step.is_changed]
    told += [f"exploitation.{step.table} follows: {step.rows_out:,} rows written" for step in made]
    failed = any(each.table == dataset for each in report.failures)
    return told or ([] if failed else [_NONE.format(dataset=dataset)])


def _decoded(step: StepReport) -> str:
    from lake_assets.wording import quantity

    told = f"{quantity(step.files, 'file')} decoded again: {quantity(step.rows_out, 'row')} of formatted.{step.table}"
    told += f" new or other than before, {step.rows_merged:,} of them mended"
    return told + (f", {step.rows_quarantined:,} set aside" if step.rows_quarantined else "")


def _judged(step: StepReport) -> str:
    from lake_assets.wording import quantity

    overtaken = step.rows_in - step.rows_out - step.rows_quarantined
    told = f"{quantity(step.rows_out, 'row')} taken back into trusted.{step.table}"
    told += f", {overtaken:,} overtaken by later rows" if overtaken else ""
    return told + (f", {step.rows_quarantined:,} set aside" if step.rows_quarantined else "")


_SAYS = {"formatted": _decoded, "trusted": _judged}
