"""Why a row or a column is as it is, told to people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lake_assets.cli.trace_text import row_text, trace_lines
from lake_assets.tracing import BrokenRule, ColumnReason, ColumnRule, DeclarationChange, RowReason
from lake_assets.wording import count_text, quantity

__all__ = ["column_lines", "reason_lines"]

_SHORT = 8


def reason_lines(reason: RowReason) -> Iterator[str]:
    """Why a row is where it is, then where it comes from."""
    # A sentence may begin with what became of the row.
    fate = "" if reason.sentence.startswith(reason.fate.value) else f"{reason.fate.value}: "
    yield f"{fate}{reason.sentence}"
    for rule in reason.rules:
        yield from _broken(rule)
    if reason.instead:
        yield f"  instead: {row_text(dict(reason.instead))}"
    yield from trace_lines(reason.trace, "  ")


def _broken(rule: BrokenRule) -> Iterator[str]:
    if not rule.version_now:
        yield f"  rule {rule.rule_id}, version {rule.version_then or '-'}: not among the declared rules"
        return
    now = "as declared" if rule.is_as_declared else f"version {rule.version_now} now"
    yield f"  rule {rule.rule_id}, version {rule.version_then} ({now}): {rule.sentence}"
    reason = f"; because {rule.reason}" if rule.reason else ""
    yield f"    owner {rule.owner or 'nobody'}{reason}; at {rule.declared_at}"
    yield from _changes(rule.changes, "    ")


def _changes(changes: Sequence[DeclarationChange], indent: str) -> Iterator[str]:
    for each in changes:
        yield f"{indent}changed {each.at[:10]} by {each.who}: {each.why} ({each.git_sha[:_SHORT]})"


def column_lines(found: ColumnReason) -> Iterator[str]:
    """What a column is and how it came to be."""
    unit = f" [{found.unit}]" if found.unit and f"[{found.unit}]" not in found.description else ""
    personal = " (personal)" if found.is_personal else ""
    meaning = found.description or "nobody said what it means"
    yield f"{found.table}.{found.column}, {found.type}{personal}: {meaning}{unit}"
    rescued = f", {count_text(found.rescued)} kept as text" if found.rescued is not None else ""
    yield f"  {count_text(found.nulls)} of {quantity(found.rows, 'row')} null{rescued}"
    if found.elements:
        layout = f", written {found.layout}" if found.layout else ""
        yield f"  in files: {' or '.join(found.elements)}{layout}"
    if found.expression:
        yield f"  made by: {' '.join(found.expression.split())}"
    if found.inputs:
        yield f"  made of: {', '.join(found.inputs)}"
    for sentence in found.cleaning:
        yield f"  cleaned: {sentence}"
    for rule in found.rules:
        yield _rule(rule)
        yield from _changes(rule.changes, "    ")
    if found.declared_at:
        yield f"  declared at {found.declared_at}"
    if found.changes:
        yield "  its file:"
    yield from _changes(found.changes, "    ")
    for commit in found.commits:
        reason = f", because: {commit.why}" if commit.why else ""
        yield f"  version {commit.version} at {commit.at[:19]}Z by run {commit.run_id[:_SHORT]}{reason}"


def _rule(rule: ColumnRule) -> str:
    outcome = "not judged yet" if rule.judged is None else f"{rule.broken:,} of {rule.judged:,} broke it last"
    owner = f", owner {rule.owner}" if rule.owner else ""
    reason = f", because {rule.reason}" if rule.reason else ""
    facts = f"{rule.severity}, version {rule.version}{owner}"
    return f"  rule {rule.rule_id} ({facts}): {rule.sentence}{reason}; {outcome}"
