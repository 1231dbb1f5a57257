"""A traced row, told to people: a line a fact, deeper for each step towards the record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lake_assets.cli.output import cell_text, time_text
from lake_assets.tracing import (
    CommitFacts,
    Contribution,
    Decoding,
    Judging,
    LandedRecord,
    Making,
    RowTrace,
    SetAside,
)
from lake_assets.wording import quantity

__all__ = ["aside_text", "row_text", "trace_lines"]

_SHORT = 8
_STEP = "  "
_UNKNOWN = "tells of no single row"


def trace_lines(found: RowTrace, indent: str = "") -> Iterator[str]:
    """The lines of a trace.

    Args:
        found: The trace.
        indent: What each line begins with.
    """
    yield f"{indent}{found.table}, version {found.version}: {row_text(found.row)}"
    inner = indent + _STEP
    if found.making is not None:
        yield from _making(found.making, inner)
    if found.judging is not None:
        yield from _judging(found.judging, inner)
    if found.decoding is not None:
        yield from _decoding(found.decoding, inner)
    for each in found.set_aside:
        yield f"{inner}{aside_text(each)}"
    if found.record is not None:
        yield from _record(found.record, inner)
    for problem in found.problems:
        yield f"{inner}not known: {problem}"


def row_text(row: Mapping[str, object]) -> str:
    """A row on one line."""
    return ", ".join(f"{name} {cell_text(value)}" for name, value in row.items())


def aside_text(each: SetAside) -> str:
    """What the quarantine says of a record, in one line."""
    back = (
        f"; taken back {time_text(each.readmitted_at)} ({each.readmitted_why})" if each.readmitted_at else ""
    )
    rules = ", ".join(each.rules)
    return f"set aside by {each.stage} at {time_text(each.at)} for {rules}: {cell_text(each.why)}{back}"


def _commit(commit: CommitFacts | None) -> str:
    if commit is None:
        return "a commit that cannot be told"
    git = f", git {commit.git_sha[:_SHORT]}" if commit.git_sha else ""
    why = f", because: {commit.why}" if commit.why else ""
    return (
        f"{commit.table} version {commit.version}, {commit.at[:19]}Z, run {commit.run_id[:_SHORT]}, "
        f"code {commit.code_version}{git}{why}"
    )


def _making(making: Making, indent: str) -> Iterator[str]:
    yield f"{indent}made by {_commit(making.commit)}"
    declared = "" if making.is_as_declared else " (written otherwise since)"
    yield f"{indent}  declared at {making.declared_at}{declared}"
    yield f"{indent}  {making.exactness.value}: {making.how}"
    for each in making.inputs:
        yield from _contribution(each, indent + _STEP)


def _contribution(each: Contribution, indent: str) -> Iterator[str]:
    by = f" with {row_text(each.by)}" if each.by else ""
    files = f", of {quantity(len(each.files), 'file')}" if each.files else ""
    yield f"{indent}of {each.table} version {each.version}: {quantity(each.rows, 'row')}{by}{files}"
    for row in each.first:
        yield from trace_lines(row, indent + _STEP)
    if 0 < len(each.first) < each.rows:
        yield f"{indent}  and {each.rows - len(each.first):,} more"


def _judging(judging: Judging, indent: str) -> Iterator[str]:
    yield f"{indent}judged by {_commit(judging.commit)}"
    for step in judging.cleaning:
        if step.problem:
            yield f"{indent}  cleaning {step.step} {step.kind}: {step.problem}"
        for cell in step.changes:
            before, after = cell_text(cell.before), cell_text(cell.after)
            yield f"{indent}  cleaning {step.step} {step.kind}: {cell.column} {before!r} became {after!r}"
    kept = [f"{rule.rule_id} ({rule.version})" for rule in judging.rules if rule.outcome == "kept"]
    if kept:
        yield f"{indent}  kept {quantity(len(kept), 'rule')}: {', '.join(kept)}"
    for rule in (each for each in judging.rules if each.outcome != "kept"):
        declared = "" if rule.is_as_declared else ", declared otherwise since"
        sentence = f": {rule.sentence}" if rule.sentence else ""
        facts = f"{rule.severity}, version {rule.version}{declared}"
        outcome = _UNKNOWN if rule.outcome == "not known" else rule.outcome
        yield f"{indent}  rule {rule.rule_id} ({facts}) {outcome}{sentence}"
    if judging.is_reproduced is False:
        yield f"{indent}  the steps, taken again, do not end in this row: it was changed otherwise"


def _decoding(decoding: Decoding, indent: str) -> Iterator[str]:
    yield f"{indent}decoded by {_commit(decoding.commit)}"
    renamed = [
        f"{each.column} from {each.element} ({each.type}{f', {each.layout}' if each.layout else ''})"
        for each in decoding.mapping
    ]
    since = ", declared otherwise since" if decoding.is_as_declared is False else ""
    yield f"{indent}  mapping{since}: {', '.join(renamed)}"
    if decoding.decision:
        yield f"{indent}  read with {row_text(decoding.decision)}"


def _record(record: LandedRecord, indent: str) -> Iterator[str]:
    yield (
        f"{indent}record {record.row} of {record.name} (file {record.file_id}), from {record.origin} of source "
        f"{record.source} ({record.connector}), ingested {time_text(record.ingested_at)}"
    )
    yield f"{indent}  kept as {record.path}, sha256 {record.sha256[:12]}"
    if record.text:
        yield f"{indent}  it reads: {record.text}"
    elif record.elements:
        yield f"{indent}  it says: {row_text(record.elements)}"
    if record.not_shown:
        yield f"{indent}  not shown as it stands: {record.not_shown.splitlines()[0]}"
