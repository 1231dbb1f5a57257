"""Why rows are where they are: which stand, which were set aside and by which rule, which gave way or wait."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from lake_assets.declarations import Declarations
from lake_assets.model import PROVENANCE, Dataset, TableRef, WriteMode, Zone
from lake_assets.quality import told_rule
from lake_assets.storage.places import rows_with
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import Table
from lake_assets.tracing.aside_rows import aside_rows
from lake_assets.tracing.chosen import choose, chosen, predicate
from lake_assets.tracing.cleaned import cleaned_again
from lake_assets.tracing.declared_by import changes_of, lines_of_rule
from lake_assets.tracing.reasons import BrokenRule, Fate, RowReason
from lake_assets.tracing.results import RowTrace
from lake_assets.tracing.trace import traced
from lake_assets.tracing.world import World, masked
from lake_assets.zones.rules import rules_of

__all__ = ["why_rows"]

_FILE, _ROW = PROVENANCE
_BY_PLACE = list(PROVENANCE)
_PARSES = "parses"


def why_rows(
    root: LakeRoot, declarations: Declarations, table: Table, where: str, limit: int
) -> list[RowReason]:
    """Tell why rows are where they are.

    Of a trusted table these are the rows that stand in it, what was set aside of its dataset, and records of the
    formatted zone that are in neither; of the quarantine what it holds, by its own columns or by those of its records.

    Args:
        root: The lake.
        declarations: What is declared for it.
        table: The table.
        where: A predicate in SQL over its columns.
        limit: How many rows at most of each sort.

    Raises:
        QueryError: When the predicate is not valid.
    """
    world = World(root, declarations)
    world.hold(table)
    dataset = world.dataset(table.ref.name)
    if table.ref.zone is Zone.QUARANTINE:
        return list(_aside(world, dataset, table, where, limit, of_records=False))
    rows = chosen(table, where, limit)
    standing = [_stands(each) for each in traced(world, table, rows, limit)]
    if table.ref.zone is not Zone.TRUSTED or dataset is None:
        return standing
    quarantine = world.table(dataset.table(Zone.QUARANTINE))
    aside = (
        list(_aside(world, dataset, quarantine, where, limit, of_records=True))
        if quarantine is not None
        else []
    )
    known = {(each.trace.row.get(_FILE), each.trace.row.get(_ROW)) for each in (*standing, *aside)}
    return [*standing, *aside, *_others(world, dataset, table, where, limit, known)]


def _stands(trace: RowTrace) -> RowReason:
    by = trace.making.commit if trace.making else trace.judging.commit if trace.judging else None
    at = f" since version {by.version} ({by.at[:19]}Z, run {by.run_id[:8]})" if by else ""
    if trace.making:
        parts = [
            f"{each.rows:,} row{'' if each.rows == 1 else 's'} of {each.table}"
            for each in trace.making.inputs
        ]
        why = f"it is made of {' and '.join(parts) or 'inputs that cannot be read any more'}"
    else:
        kept = sum(each.outcome == "kept" for each in trace.judging.rules) if trace.judging else 0
        why = f"its record keeps {kept} rules" if trace.judging else "its record was decoded"
        why += " and no later one took its place" if trace.judging else ""
    return RowReason(Fate.STANDS, f"it stands in {trace.table}{at}: {why}", trace)


def _aside(
    world: World, dataset: Dataset | None, quarantine: Table, where: str, limit: int, *, of_records: bool
) -> Iterator[RowReason]:
    found = aside_rows(world, dataset, quarantine, where, limit, of_records=of_records)
    told = zip(traced(world, quarantine, found, limit), found.iter_rows(named=True), strict=True)
    for trace, row in told:
        yield _set_aside(world, dataset, trace, row)


def _set_aside(
    world: World, dataset: Dataset | None, trace: RowTrace, row: Mapping[str, object]
) -> RowReason:
    versions = row["rule_versions"] if isinstance(row["rule_versions"], list) else []
    ids = row["rules"] if isinstance(row["rules"], list) else []
    padded = [*versions, *[""] * len(ids)]
    rules = tuple(
        _broken(world, dataset, str(rule), str(version or ""))
        for rule, version in zip(ids, padded, strict=False)
    )
    reason = str(row["reason"] or "")
    if row["readmitted_at"] is not None:
        back = f"it was set aside ({reason}) and taken back: {row['readmitted_why']}"
        return RowReason(Fate.STANDS, back, trace, rules)
    now = [each for each in rules if each.rule_id != _PARSES and not each.is_as_declared]
    since = "; the rule is declared otherwise now: `lake replay` judges it again" if now else ""
    return RowReason(Fate.SET_ASIDE, f"set aside by the zone {row['stage']}: {reason}{since}", trace, rules)


def _broken(world: World, dataset: Dataset | None, rule_id: str, version: str) -> BrokenRule:
    rule = next((each for each in rules_of(dataset) if each.rule_id == rule_id), None) if dataset else None
    if dataset is None or rule is None:
        return BrokenRule(rule_id, version)
    lines = lines_of_rule(rule, dataset.place)
    return BrokenRule(
        rule_id,
        version,
        rule.version,
        told_rule(rule, world.hidden(dataset.table(Zone.TRUSTED))),
        rule.severity,
        rule.owner or dataset.owner,
        rule.reason,
        f"{dataset.place.file}:{lines[0]}" if lines else str(dataset.place),
        changes_of(dataset.place, lines),
    )


def _others(
    world: World,
    dataset: Dataset,
    trusted: Table,
    where: str,
    limit: int,
    known: set[tuple[object, object]],
) -> Iterator[RowReason]:
    """Records of the formatted zone that the predicate chooses and that neither stand nor were set aside."""
    formatted = world.table(dataset.table(Zone.FORMATTED))
    if dataset.parent or formatted is None:
        return
    if set(predicate(where).meta.root_names()) - set(formatted.schema):
        return
    found = choose(formatted.scan(), where, limit + len(known), str(formatted.ref))
    places = pl.DataFrame(
        [place for place in known if place[0] is not None],
        schema=dict.fromkeys(_BY_PLACE, pl.Int64),
        orient="row",
    )
    left = found.join(places, on=_BY_PLACE, how="anti", maintain_order="left").head(limit)
    standing = _standing(trusted, left)
    for index, trace in enumerate(traced(world, formatted, left, limit)):
        place = (trace.row[_FILE], trace.row[_ROW])
        if place not in standing and not any(each.readmitted_at is None for each in trace.set_aside):
            yield _fate(world, dataset, trusted, trace, left[index])


def _standing(trusted: Table, rows: pl.DataFrame) -> set[tuple[object, object]]:
    """The places of those of some rows that stand in the trusted table, whatever cleaning made of them."""
    near = rows_with(trusted, _FILE, set(rows[_FILE].to_list()))
    found = near.join(rows.lazy().select(_BY_PLACE), on=_BY_PLACE, how="semi").select(_BY_PLACE)
    return set(found.collect(engine="streaming").iter_rows())


def _fate(world: World, dataset: Dataset, trusted: Table, trace: RowTrace, row: pl.DataFrame) -> RowReason:
    version = world.commits(trusted).first_reaching(str(dataset.table(Zone.FORMATTED)), row[_FILE].item())
    if version is None:
        why = "the trusted zone has not come to its file yet: run `lake ingest`, or see `lake status`"
        return RowReason(Fate.WAITS, why, trace)
    if dataset.write_mode is WriteMode.REPLACE:
        why = "a newer file took the place of the one it came in"
        return RowReason(Fate.SUPERSEDED, why, trace)
    instead = _same_key(world, dataset, trusted, version, row)
    if instead is None:
        why = "it left the table: a snapshot no longer had it, or it says again what another row says"
        return RowReason(Fate.LEFT, why, trace)
    hidden = world.hidden(TableRef(Zone.TRUSTED, dataset.name))
    file = world.landed([instead[_FILE]]).get(instead[_FILE])
    name = file.name if file else instead[_FILE]
    why = f"record {instead[_ROW]} of {name}, of the same {', '.join(dataset.key)}, stands in its place"
    return RowReason(Fate.SUPERSEDED, why, trace, instead=tuple(masked(instead, hidden).items()))


def _same_key(
    world: World, dataset: Dataset, trusted: Table, version: int, row: pl.DataFrame
) -> dict[str, Any] | None:
    """The row that stands under the key of a record, as cleaning makes it."""
    if not dataset.key:
        return None
    _, cleaned, _ = cleaned_again(world, dataset, row, world.commits(trusted).note(version))
    values = {name: cleaned[name].item() for name in dataset.key}
    holds = [pl.col(name) == pl.lit(value, trusted.schema[name]) for name, value in values.items()]
    found = trusted.scan().filter(*holds).sort(_BY_PLACE).tail(1).collect(engine="streaming")
    return found.row(0, named=True) if found.height else None
