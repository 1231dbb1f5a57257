"""`lake query SQL`: ask a question over all tables."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from lake_assets.cli.options import json_option, lake_options, open_lake
from lake_assets.errors import QueryError

if TYPE_CHECKING:
    import polars as pl

__all__ = ["query"]

_SHOWN_ROWS = 100
_PIPE_CLOSED = 141  # as a shell tells of a command that wrote into a pipe nobody reads


@click.command(
    epilog="""\b
The shape of --json is one object {column: value} on each line (NDJSON).
Example:
  lake query "SELECT carrier, count(*) AS flights FROM trusted.flights GROUP BY carrier"
"""
)
@click.argument("sql")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV with a header.")
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    help=f"Print at most this many rows. Default: {_SHOWN_ROWS} as a table, all as JSON or CSV.",
)
@json_option("one JSON object for each row")
@lake_options
def query(
    sql: str, limit: int | None, root: str | None, defs: str | None, *, as_json: bool, as_csv: bool
) -> None:
    """Ask a question in SQL over all tables, written zone.table.

    Unlike `lake show`, it prints personal columns too when they are asked for.
    """
    from lake_assets.cli.names import naming_near_tables

    if as_json and as_csv:
        raise click.UsageError("choose one of --json and --csv")
    lake = open_lake(root, defs)
    with naming_near_tables(lake):
        answer = lake.query(sql)
    with _telling_the_query(sql):
        if as_json or as_csv:
            _print_all(answer if limit is None else answer.head(limit), as_json=as_json)
        else:
            _print_table(answer, _SHOWN_ROWS if limit is None else limit)


@contextmanager
def _telling_the_query(sql: str) -> Iterator[None]:
    """Raise what polars finds wrong while it answers as a `QueryError`; a closed pipe ends the command."""
    import polars as pl

    try:
        yield
    except pl.exceptions.PolarsError as error:
        what = f"the query is not valid: {str(error).splitlines()[0]}"
        raise QueryError(what, place=sql, mend="see `lake show TABLE` for what there is") from error
    except OSError as error:
        if "Broken pipe" not in str(error):
            raise
        raise click.exceptions.Exit(_PIPE_CLOSED) from error


def _print_all(answer: pl.LazyFrame, *, as_json: bool) -> None:
    """Write every row as it comes."""
    sink = sys.stdout.buffer
    if as_json:
        answer.sink_ndjson(sink)
    else:
        answer.sink_csv(sink)
    sink.flush()


def _print_table(answer: pl.LazyFrame, limit: int) -> None:
    from lake_assets.cli.output import cell_text, console, print_table

    found = answer.head(limit + 1).collect(engine="streaming")
    rows = [[cell_text(value) for value in row] for row in found.head(limit).iter_rows()]
    names = [f"#{name}" if kind.is_numeric() else name for name, kind in found.schema.items()]
    print_table(console(), names, rows)
    if found.height > limit:
        click.echo(f"cut after {limit:,} rows; --limit prints more, --csv and --json print all", err=True)
