"""`lake ingest`: everything that is new, through all zones, in this process."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import click

from lake_assets.cli.options import json_option, lake_options, open_lake

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lake_assets.lake import IngestReport, Lake

__all__ = ["ingest", "ingest_shown", "record_governance"]

_YOUNG = 20_000
"""So many values come before it is looked which of them went again: records of JSON come by the thousand."""
_UNCHANGED = "nothing new: the lake is unchanged"


@click.command(
    epilog="""\b
Exit status: 0 all is well, 3 a blocking rule stands broken, 1 something else failed.
The shape of --json:
  {"root": text, "is_changed": bool, "is_blocked": bool,
   "steps": [{"zone", "table", "is_changed", "is_blocked", "version", "files", "size_bytes", "rows_in",
              "rows_out", "rows_quarantined", "rows_merged", "duplicates", "problems": [text], "seconds",
              "effort": {"cpu_s", "peak_bytes", "bytes_read", "bytes_written"},
              "cleaned": [{"step", "kind", "column", "changed", "lost"}],
              "drifts": [{"kind", "element", "column", "expected", "found", "outcome", "files", "file_id", "file"}],
              "verdicts": [{"rule_id", "severity", "judged", "broken", "example",
               "first_keys", "measured", "version"}]}],
   "failures": [{"zone", "table", "kind", "what", "place", "mend"}]}
"""
)
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@json_option("one JSON document")
@lake_options
@click.pass_context
def ingest(
    ctx: click.Context, sources: tuple[str, ...], root: str | None, defs: str | None, *, as_json: bool
) -> None:
    """Take what is new at all sources, or at those named, through all zones.

    A source that fails is told and does not stop the others. Progress goes to standard error. For the demo
    lake the demo's servers run as long as the command, unless LAKE_DEMO_FILES_URL and its like name others.
    """
    from lake_assets.cli.demo_lake import demo_world
    from lake_assets.cli.outcome import as_document, exit_status
    from lake_assets.cli.output import print_json

    lake = open_lake(root, defs)
    with demo_world(lake.settings):
        report = ingest_shown(lake, sources, with_summary=not as_json)
    if as_json:
        print_json(as_document(lake.root.uri, report))
    ctx.exit(exit_status(report))


def record_governance(lake: Lake, report: IngestReport) -> None:
    """Bring governance up to what was done; that it could not be is a failure of its own, told with the others."""
    from lake_assets.lake import Failure, as_lake_error
    from lake_assets.model import Zone

    try:
        lake.record()
    except Exception as error:  # noqa: BLE001 - told, whatever it is: what the ingest did is done
        failed = as_lake_error(error, "the tables of governance")
        report.failures.append(Failure(Zone.GOVERNANCE, "artefacts", failed))


def ingest_shown(lake: Lake, sources: Sequence[str] = (), *, with_summary: bool = True) -> IngestReport:
    """Ingest with visible progress, then tell what went wrong and how every table stands.

    Args:
        lake: The lake.
        sources: Names of sources; empty for all.
        with_summary: Whether to print the summary on standard output.

    Raises:
        DeclarationError: When a name is no source's, or a declaration is not valid.
    """
    from lake_assets.cli.outcome import complaints, has_failed
    from lake_assets.cli.output import console
    from lake_assets.cli.progress import shown_progress
    from lake_assets.cli.summary import print_summary

    # What is there by now stays: nobody need look through it again while many small values come and go.
    gc.freeze()
    gc.set_threshold(_YOUNG)

    with shown_progress(console(stderr=True)) as watch:
        report = lake.ingest(sources, watch)
    record_governance(lake, report)
    if with_summary:
        print_summary(console(), lake, report)
    _tell_alerts(lake, report)
    for complaint in complaints(report):
        click.echo(f"\n{complaint}", err=True)
    if with_summary and not report.is_changed and not has_failed(report):
        click.echo(f"\n{_UNCHANGED}")
    return report


def _tell_alerts(lake: Lake, report: IngestReport) -> None:
    """Tell the webhooks of alerts.yaml what came to ask for attention."""
    from lake_assets.errors import BlockedError
    from lake_assets.lake import tell_alerts

    failures = [each for each in report.failures if not isinstance(each.error, BlockedError)]
    failed = {f"{each.zone}.{each.table}": type(each.error).__name__ for each in failures}
    succeeded = {f"{each.zone}.{each.table}" for each in report.reports}
    for trouble in tell_alerts(lake, failed=failed, succeeded=succeeded):
        click.echo(f"\n{trouble}", err=True)
