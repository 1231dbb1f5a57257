"""`lake up`: the lake filled and its UI served, with one command."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lake_assets.cli.options import lake_options, open_lake

if TYPE_CHECKING:
    from lake_assets.cli.ui import Ui
    from lake_assets.demo import DemoFiles
    from lake_assets.lake import IngestReport, Lake

__all__ = ["up"]

_PORT = 3000
_LAST_PORT = 65_535


@click.command(epilog="Exit status: with --no-ui as `lake ingest`; otherwise 0 once it was stopped.")
@click.option("--no-ui", is_flag=True, help="Fill the lake and end.")
@click.option(
    "--port", default=_PORT, show_default=True, type=click.IntRange(1, _LAST_PORT), help="Of the UI."
)
@lake_options
@click.pass_context
def up(ctx: click.Context, port: int, root: str | None, defs: str | None, *, no_ui: bool) -> None:
    """Fill the lake, then serve Dagster's UI with daemon and sensors on 127.0.0.1 until Ctrl-C.

    With the demo lake's declarations it lays out the demo's files in demo/ (or LAKE_DEMO_HOME) and runs the
    demo's servers. A source that fails is told and does not stop the others.
    """
    from lake_assets.cli.dagster_home import refuse_lost_home
    from lake_assets.cli.demo_lake import demo_world
    from lake_assets.cli.ingest import ingest_shown
    from lake_assets.cli.outcome import exit_status
    from lake_assets.cli.ui import refuse_taken_port

    if not no_ui:
        refuse_taken_port(port)
        refuse_lost_home()
    lake = open_lake(root, defs)
    with _signals_as_ctrl_c(), demo_world(lake.settings) as files:
        report = ingest_shown(lake)
        if no_ui:
            _write_docs(lake)
            ctx.exit(exit_status(report))
        _tell_catalog(lake, report)
        _serve(port, lake, files)


def _write_docs(lake: Lake) -> None:
    """Write the site of the lake, and say where it is when it changed; the lake is filled also where that fails."""
    from lake_assets.errors import LakeError
    from lake_assets.lake import write_docs
    from lake_assets.site import INDEX
    from lake_assets.wording import quantity

    try:
        written = write_docs(lake)
    except LakeError as error:
        click.echo(f"\n{error}", err=True)
        return
    if written.changed:
        click.echo(f"\nThe docs, {quantity(written.files, 'file')}: {_index_text(lake.root.locate(INDEX))}")


def _index_text(index: str) -> str:
    from lake_assets.cli.output import path_text

    return index if "://" in index else path_text(Path(index))


def _tell_catalog(lake: Lake, report: IngestReport) -> None:
    """Let the UI show what was just done without Dagster."""
    from lake_assets.cli.dagster_home import instance_folder
    from lake_assets.orchestration.artefact_assets import tell_artefacts
    from lake_assets.orchestration.catalog import tell_catalog
    from lake_assets.orchestration.health_asset import tell_health
    from lake_assets.orchestration.profile_asset import tell_profiles

    tell_catalog(instance_folder(Path.cwd()), lake, report)
    tell_profiles(instance_folder(Path.cwd()), lake)
    tell_artefacts(instance_folder(Path.cwd()), lake)
    tell_health(instance_folder(Path.cwd()), lake)


@contextmanager
def _signals_as_ctrl_c() -> Iterator[None]:
    """Let SIGTERM and the closing of the terminal end a block as Ctrl-C does, unless the caller ignores them."""
    signals = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
    before = {each: signal.getsignal(each) for each in signals}
    heeded = {each: handler for each, handler in before.items() if handler is not signal.SIG_IGN}
    for each in heeded:
        signal.signal(each, signal.default_int_handler)
    try:
        yield
    finally:
        for each, handler in heeded.items():
            signal.signal(each, handler)


def _serve(port: int, lake: Lake, files: DemoFiles | None) -> None:
    from lake_assets.cli.docs_server import running_docs
    from lake_assets.cli.ui import running_ui

    try:
        with running_docs(lake, port + 1) as docs, running_ui(port, lake.settings, docs) as ui:
            click.echo("\nstarting the UI ...")
            ui.wait_until_it_answers()
            click.echo(_welcome(ui, files, docs))
            ui.process.wait()
            raise ui.failure()
    except KeyboardInterrupt:
        click.echo("\nstopped")


def _welcome(ui: Ui, files: DemoFiles | None, docs: str = "") -> str:
    from lake_assets.cli.output import path_text

    lines = [f"The lake is up: {ui.url}"]
    if docs:
        lines.append(f"  Its docs, pages about every table: {docs}")
    lines.append(f"  Dagster's log: {path_text(ui.log)}; Ctrl-C stops everything.")
    month = _next_month(files)
    if files and month:
        lines += [
            "Next, drop a month of flights and watch it flow:",
            f"  cp {month} {path_text(files.inbox)}/",
        ]
    return "\n".join(lines)


def _next_month(files: DemoFiles | None) -> str:
    """The first of the later months that is not in the inbox yet; empty when all are."""
    from lake_assets.cli.output import path_text

    later = sorted(files.later.glob("*.csv")) if files else []
    return next((path_text(path) for path in later if files and not (files.inbox / path.name).exists()), "")
