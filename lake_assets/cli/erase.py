"""`lake erase COLUMN=VALUE`: a person out of every zone; told first, done with `--yes`, proved by a search."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from lake_assets.cli.options import json_option, lake_options, open_lake

if TYPE_CHECKING:
    from lake_assets.erasure import Erasure

__all__ = ["erase"]

_REMAINS = 4


@click.command(
    epilog="""\b
Exit status: 0 when all is told or nothing of the value is left, 4 when something is left or could not be done; run it
again then.
The shape of --json:
  {"is_done", "erasure_id", "decision_id", "records", "is_everywhere",
   "touched": [{"place", "what", "count"}], "failures": [text],
   "searched": {"files", "size_bytes", "remains": [{"path", "how"}]}}
"""
)
@click.argument("where", metavar="[COLUMN=VALUE]", required=False, default="")
@click.option(
    "--subject",
    metavar="VALUE",
    help="The value, in the place of COLUMN=VALUE; - reads it from standard input.",
)
@click.option(
    "--column", default="", help="The personal column, or dataset.column. Default: every personal column."
)
@click.option("--yes", "is_meant", is_flag=True, help="Erase. Without it nothing is changed.")
@click.option("--why", metavar="TEXT", help="Why, for the record; needed with --yes. Not the value.")
@click.option("--who", metavar="NAME", help="Who decides, for the record. Default: who is logged in.")
@json_option("one JSON document")
@lake_options
@click.pass_context
def erase(  # noqa: PLR0913, PLR0917  (click gives each option as an argument)
    ctx: click.Context,
    where: str,
    subject: str | None,
    column: str,
    why: str | None,
    who: str | None,
    root: str | None,
    defs: str | None,
    *,
    is_meant: bool,
    as_json: bool,
) -> None:
    """Tell where a person stands, known by a value of a personal column; with --yes erase the person everywhere.

    The records of the person go from landed files, the quarantine and all tables; where the value is mentioned
    elsewhere it is overwritten. Older versions of the tables that change cannot be read any more. Let no other run go
    on meanwhile.
    """
    from getpass import getuser

    from lake_assets.cli.output import print_json
    from lake_assets.lake import erase_subject, look_for_subject

    column, value = _asked(where, subject, column)
    if is_meant and not why:
        raise click.UsageError("--yes needs --why TEXT, for the record")
    lake = open_lake(root, defs)
    done = (
        erase_subject(lake, value, column, why or "", who or getuser())
        if is_meant
        else look_for_subject(lake, value, column)
    )
    if as_json:
        print_json(_document(done))
    else:
        _print(done, is_meant=is_meant)
    ctx.exit(_REMAINS if is_meant and (done.failures or done.proof.remains) else 0)


def _asked(where: str, subject: str | None, column: str) -> tuple[str, str]:
    """The column and the value."""
    if bool(where) == (subject is not None):
        raise click.UsageError("name whom to erase: either COLUMN=VALUE or --subject VALUE")
    if subject is not None:
        return column, sys.stdin.readline().rstrip("\n") if subject == "-" else subject
    name, found, value = where.partition("=")
    if not found or column:
        raise click.UsageError("write COLUMN=VALUE, or --subject VALUE --column COLUMN")
    return name, value


def _document(done: Erasure) -> dict[str, object]:
    from dataclasses import asdict

    proof = done.proof
    return {
        "is_done": bool(done.decision_id),
        "erasure_id": done.erasure_id,
        "decision_id": done.decision_id,
        "records": done.records,
        "is_everywhere": done.is_everywhere,
        "touched": [asdict(each) for each in done.touched],
        "failures": [str(error) for error in done.failures],
        "searched": {
            "files": proof.files,
            "size_bytes": proof.size_bytes,
            "remains": [asdict(each) for each in proof.remains],
        },
    }


def _print(done: Erasure, *, is_meant: bool) -> None:
    from lake_assets.cli.output import console, print_table
    from lake_assets.wording import bytes_text, count_text, quantity

    if not done.touched and not done.proof.remains:
        click.echo("nothing of this value is in the lake")
    else:
        click.echo(
            f"{quantity(done.records, 'record')} of this person"
            + ("" if is_meant else ", nothing changed yet:")
        )
        rows = [(each.place, each.what, count_text(each.count)) for each in done.touched]
        print_table(console(), ("place", "what", "#count"), rows)
    if not done.is_everywhere:
        click.echo(
            "the value is too short to be searched for outside of its columns; mentions of it elsewhere stay"
        )
    proof = done.proof
    searched = f"{quantity(proof.files, 'file')}, {bytes_text(proof.size_bytes)}, decoded and unpacked"
    click.echo(f"searched {searched}: the value stands in {count_text(len(proof.remains))} of them")
    for each in proof.remains if is_meant else ():
        click.echo(f"  {each.path}: {each.how}")
    for error in done.failures:
        click.echo(f"\n{error}", err=True)
    click.echo(_last(done, is_meant=is_meant))


def _last(done: Erasure, *, is_meant: bool) -> str:
    if done.decision_id:
        return f"erased, on record as decision {done.decision_id}, erasure {done.erasure_id}"
    if is_meant:
        return (
            ""
            if not done.touched
            else "not finished and not on record: mend what is named above, and run it again"
        )
    return "add --yes and --why TEXT to erase; clear the value at the source first, or it comes again"
