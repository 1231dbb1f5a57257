"""Versions of a table, told to people."""

from __future__ import annotations

from collections.abc import Iterator

from lake_assets.cli.output import time_text
from lake_assets.versions import TableVersion
from lake_assets.wording import count_text

__all__ = ["COLUMNS", "cells", "details"]

COLUMNS = (
    *("#version", "at", "kind", "#rows", "#in", "#out", "#set aside", "#merged"),
    *("inputs", "run", "code", "git"),
)
_SHORT = 8


def cells(each: TableVersion) -> list[str]:
    """A line of the table of versions."""
    says = bool(each.run_id)
    counts = (each.rows_in, each.rows_out, each.rows_quarantined, each.rows_merged)
    return [
        str(each.version),
        time_text(each.at),
        each.kind.value,
        count_text(each.rows),
        *(count_text(count if says else None) for count in counts),
        ", ".join(f"{name} {version}" for name, version in each.inputs.items()) or "-",
        each.run_id[:_SHORT] or "-",
        each.code_version or "-",
        each.git_sha[:_SHORT] or "-",
    ]


def details(each: TableVersion) -> Iterator[str]:
    """What else there is to tell of a version: columns, rules, reasons, decisions; a line each."""
    told = [*_columns(each), *_rules(each), *_reasons(each)]
    if told:
        yield f"\nversion {each.version}"
        yield from (f"  {line}" for line in told)


def _columns(each: TableVersion) -> Iterator[str]:
    names = [change.column for change in each.schema_changes if change.kind == "added"]
    if names:
        yield f"columns added: {', '.join(names)}"
    for change in each.schema_changes:
        if change.kind == "retyped":
            yield f"column {change.column}: {change.before} before, {change.after} since"
        elif change.kind == "removed":
            yield f"column removed: {change.column}"


def _rules(each: TableVersion) -> Iterator[str]:
    for verdict in each.verdicts:
        outcome = f"{verdict.broken:,} of {verdict.judged:,} broke it" if verdict.broken else "kept"
        version = f", version {verdict.version}" if verdict.version else ""
        yield f"rule {verdict.rule_id} ({verdict.severity}{version}): {outcome}"


def _reasons(each: TableVersion) -> Iterator[str]:
    if each.decoded_again:
        yield f"{each.decoded_again:,} files decoded again"
    if each.why:
        yield f"why: {each.why}"
    for decision in each.decisions:
        made = f"{decision.column} {decision.value!r} as {decision.decided!r}"
        yield f"decision {decision.decision_id} by {decision.who}: {made} ({decision.why})"
