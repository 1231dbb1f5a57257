"""Rows taken in again: those that were set aside, and those that were decoded anew after the mapping was mended.

They are judged by the rules as they are now. What the table holds of their keys is then worked out from all rows that
the formatted table holds and that are not set aside, so it is as if nothing had ever been wrong; exactly once, since
the trusted table's commit is the truth, decided on the quarantine as the commits of both tables left it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import polars as pl

from lake_assets.cleaning import Tally
from lake_assets.governance.runs import record_runs
from lake_assets.model import PROVENANCE, Dataset, Run, StepReport, Verdict, WriteMode, Zone
from lake_assets.quality import (
    CompiledRule,
    Lookup,
    as_runs_left_them,
    is_at,
    judge,
    judge_table,
    keep,
    quarantine_rows,
    stops_told,
)
from lake_assets.storage.change import announcement
from lake_assets.storage.commit import Change, commit
from lake_assets.storage.data_files import DataFile, discard, write_data_files
from lake_assets.storage.table import Table
from lake_assets.zones.batch import batch_of
from lake_assets.zones.cleaned import changed_steps, cleaning_note, column_notes_of, refuse_other_keys
from lake_assets.zones.derivation import Again, as_if_never_wrong, is_of_another_shape
from lake_assets.zones.merging import as_entering
from lake_assets.zones.note import KEY, WRITE_MODE, Clock, measured_in, note_of, standing_in
from lake_assets.zones.quarantine import (
    ATTACHED,
    adopt,
    all_rows,
    attachment,
    open_rows,
    readmission,
    set_aside,
)
from lake_assets.zones.rules import compile_for, repeated, rules_of
from lake_assets.zones.scene import Entry, Scene, shares

__all__ = ["MENDED", "key_of_rows", "mends_of", "retake"]

MENDED = "mended_at"
"""What a commit of a formatted table announces when it decoded rows anew, and calls the time of it in its note."""

_ROWS_AT_ONCE = 250_000
_FILE, _ROW = PROVENANCE
_BY_PLACE = list(PROVENANCE)


def mends_of(formatted: Table) -> str:
    """The name under which a trusted table records how far it has taken in rows decoded anew."""
    return f"{formatted.input_name}:mended"


def key_of_rows(dataset: Dataset) -> list[str]:
    """The columns that identify a row of the trusted table."""
    return [*dataset.key, *(["valid_from"] if dataset.write_mode is WriteMode.SCD2 else [])]


@dataclass(frozen=True)
class _Judged:
    """Rows judged again: they stand in files, in memory are only their places.

    Args:
        aside: Places of what the quarantine holds open.
        mended: Places of rows that were decoded anew, or are no more.
        rows: The rows that are there, in the order of their places.
        there: Their places.
        compiled: The rules, compiled for them.
        passing: Places of those that keep every rule that decides.
        again: Positions of those that say again what another row says.
        tally: What was cleaned in them.
    """

    aside: pl.DataFrame
    mended: pl.DataFrame
    rows: pl.LazyFrame
    there: pl.DataFrame
    compiled: list[CompiledRule]
    passing: pl.DataFrame
    again: pl.Series
    tally: Tally

    @property
    def entering(self) -> pl.DataFrame:
        """Places of those that keep the rules and say something new."""
        return self.passing.filter(~is_at(self.again))

    @property
    def broken(self) -> pl.DataFrame:
        """Places of rows decoded anew that break a rule."""
        found = self.there.join(self.mended, on=_BY_PLACE, how="semi", maintain_order="left")
        return found.join(self.passing, on=_BY_PLACE, how="anti", maintain_order="left")

    @property
    def closed(self) -> pl.DataFrame:
        """Places of what the quarantine need no longer hold."""
        is_gone = self.mended.join(self.there, on=_BY_PLACE, how="anti")
        return self.aside.join(pl.concat([self.passing, is_gone]), on=_BY_PLACE, how="semi")

    @property
    def still_aside(self) -> pl.DataFrame:
        """Places of all rows that are set aside from now on."""
        left = self.aside.join(self.closed, on=_BY_PLACE, how="anti")
        return pl.concat([left, self.broken]).unique()

    def rows_at(self, places: pl.DataFrame) -> pl.LazyFrame:
        """Some of the rows, in their order."""
        return self.rows.join(places.lazy(), on=_BY_PLACE, how="semi", maintain_order="left")


def retake(
    dataset: Dataset,
    formatted: Table,
    run: Run,
    lookup: Lookup,
    why: str = "",
    *,
    takes_aside: bool = False,
) -> StepReport | None:
    """Take in again what was decoded anew, and on demand what was set aside.

    Args:
        dataset: The dataset, with the rules as they are now.
        formatted: Its formatted table.
        run: The run, for the record.
        lookup: Finds the rows of a table that a rule refers to.
        why: Why, for the record.
        takes_aside: Whether rows are judged again that were only set aside.

    Returns:
        What was taken in: rows in are those that keep the rules now, rows out those that stand in the table, rows
        merged those that took the place of an older one or were overtaken. None when there was nothing to do.
    """
    clock = Clock()
    reports: list[StepReport] = []

    def decide(table: Table | None) -> Change | None:
        reports.clear()
        if table is None:
            return None
        scene = Scene(dataset, formatted, table)
        mends = _mends_since(scene, table)
        if not takes_aside and not mends and not is_of_another_shape(scene):
            return None
        refuse_other_keys(dataset, formatted, table)
        staged: list[DataFile] = []
        try:
            judged = _judged(scene, table, lookup, staged, takes_aside=takes_aside)
            return _change(scene, judged, why or "; ".join(dict.fromkeys(mends.values())))
        finally:
            discard(formatted.root, scene.ref, staged)

    def _change(scene: Scene, judged: _Judged, asked: str) -> Change | None:
        is_other = is_of_another_shape(scene)
        if not is_other and judged.mended.is_empty() and judged.passing.is_empty():
            return None
        entering = judged.entering
        entry = as_if_never_wrong(
            scene,
            Again(judged.rows_at(entering), entering, judged.mended, judged.still_aside, is_whole=is_other),
        )
        with stops_told(rules_of(dataset), lambda: judged.rows, lookup, scene.ref):
            verdicts = _verdicts(scene, judged, entry)
        report = _report(dataset, judged, entry, verdicts, clock)
        reports.append(replace(report, problems=changed_steps(dataset, scene.table, is_whole=is_other)))
        note = note_of(run, reports[0], {str(formatted.ref): formatted.version})
        note |= {WRITE_MODE: dataset.write_mode.value, KEY: key_of_rows(dataset), "why": asked}
        return Change(
            _entering(scene).collect_schema(),
            entry.adds,
            entry.removes,
            consumed={mends_of(formatted): formatted.version},
            note={
                **note,
                **_said(scene, judged, run, asked),
                **cleaning_note(dataset, formatted, judged.tally),
            },
            column_notes=column_notes_of(dataset, formatted),
            announces=[ATTACHED],
            replaces_table=is_other,
        )

    table = commit(formatted.root, dataset.table(Zone.TRUSTED), decide)
    if table is not None:
        adopt(dataset, table)
        record_runs(table)
    return replace(reports[0], version=table.version) if table and reports else None


def _entering(scene: Scene) -> pl.LazyFrame:
    """No rows, with the columns that rows have as they enter."""
    rows = batch_of(scene.dataset, scene.formatted, scene.formatted.scan())
    return as_entering(scene.dataset, rows).clear()


def _judged(
    scene: Scene, table: Table, lookup: Lookup, staged: list[DataFile], *, takes_aside: bool
) -> _Judged:
    """Judge the rows again.

    Args:
        scene: The tables.
        table: The trusted table.
        lookup: Finds the rows of a table that a rule refers to.
        staged: Is given the files that the rows are written to, to be deleted when all is done.
        takes_aside: Whether rows are judged again that were only set aside.
    """
    quarantine, dataset = scene.quarantine(), scene.dataset
    aside = open_rows(quarantine, Zone.TRUSTED).select(PROVENANCE).collect(engine="streaming")
    mended = _mended(scene, table, quarantine)
    chosen = [mended, *([aside] if takes_aside else [])]
    places = pl.concat(chosen).unique().filter(pl.col(_FILE) <= scene.consumed)
    tally = Tally()
    rows = _staged(scene, places, tally, staged)
    there = rows.select(PROVENANCE).collect(engine="streaming")
    # Where rows of the table are judged again they do not stand beside themselves.
    beside = _fitting(scene, table)
    with stops_told(rules_of(dataset), lambda: rows, lookup, scene.ref):
        again = repeated(dataset, rows, beside, lookup, tally, places.lazy())
        compiled = compile_for(dataset, rows.filter(~is_at(again)), beside, lookup, places.lazy())
        passing = rows.filter(keep(compiled)).select(PROVENANCE).collect(engine="streaming")
    return _Judged(aside, mended, rows, there, compiled, passing.sort(PROVENANCE), again, tally)


def _staged(scene: Scene, places: pl.DataFrame, tally: Tally, staged: list[DataFile]) -> pl.LazyFrame:
    """The rows at some places, cleaned and in order, in files: written some at a time, so that memory stays bounded."""
    dataset, formatted = scene.dataset, scene.formatted
    with tally:
        for share in shares(places, _ROWS_AT_ONCE):
            near = pl.col(_FILE).is_between(share[_FILE].min(), share[_FILE].max())
            found = formatted.scan().filter(near).join(share.lazy(), on=_BY_PLACE, how="semi")
            cleaned = batch_of(dataset, formatted, found, tally).sort(PROVENANCE)
            staged += write_data_files(scene.root, scene.ref, cleaned)
    return scene.scan(staged, batch_of(dataset, formatted, formatted.scan()))


def _fitting(scene: Scene, table: Table) -> Table | None:
    """The table, unless its rows are of other types than those that come."""
    return None if is_of_another_shape(scene) else table


def _mended(scene: Scene, table: Table, quarantine: Table | None) -> pl.DataFrame:
    """Places of rows taken in before that were decoded anew since."""
    formatted, times = scene.formatted, _mends_since(scene, table)
    if not times:
        return pl.DataFrame(schema=dict.fromkeys(PROVENANCE, pl.Int64))
    is_mine = pl.col("readmitted_at").is_in(list(times)) & (pl.col("stage") == Zone.FORMATTED.value)
    places = all_rows(quarantine).filter(is_mine).select(PROVENANCE).collect(engine="streaming")
    whole = places.filter(pl.col(_ROW) == 0)[_FILE].unique().to_list()
    rows = formatted.scan().filter(pl.col(_FILE).is_in(whole)).select(PROVENANCE)
    both = pl.concat([places.filter(pl.col(_ROW) > 0), rows.collect(engine="streaming")])
    return both.filter(pl.col(_FILE) <= scene.consumed).unique()


def _mends_since(scene: Scene, table: Table) -> dict[datetime, str]:
    """When rows were decoded anew that the table has not taken in again, and why."""
    formatted = scene.formatted
    newest, seen = formatted.consumed(announcement(MENDED)), table.consumed(mends_of(formatted))
    if newest is None or (seen is not None and seen >= newest):
        return {}
    notes = [note.content for note in formatted.notes(seen)]
    return {datetime.fromisoformat(note[MENDED]): note["why"] for note in notes if MENDED in note}


def _said(scene: Scene, judged: _Judged, run: Run, why: str) -> dict[str, object]:
    """What the commit has to say of the quarantine: who was taken back, and who is set aside from now on."""
    now, root, dataset = datetime.now(UTC), scene.root, scene.dataset
    broken = quarantine_rows(
        judged.rows_at(judged.broken), judged.compiled, stage=Zone.TRUSTED, run_id=run.run_id, at=now
    )
    known = judged.aside.lazy()
    new = set_aside(root, dataset, broken.join(known, on=_BY_PLACE, how="anti"))
    still = broken.join(known, on=_BY_PLACE, how="semi")
    closed = list(_open_at(scene, judged.closed))
    said = readmission(root, dataset, closed, run_id=run.run_id, at=now, why=why, still=still)
    return {**said, **attachment(new)}


def _open_at(scene: Scene, places: pl.DataFrame) -> Iterator[pl.LazyFrame]:
    """What the quarantine holds open at some places, some at a time."""
    rows = open_rows(scene.quarantine(), Zone.TRUSTED)
    for share in shares(places, _ROWS_AT_ONCE):
        near = rows.filter(pl.col(_FILE).is_between(share[_FILE].min(), share[_FILE].max()))
        yield near.join(share.lazy(), on=_BY_PLACE, how="semi")


def _verdicts(scene: Scene, judged: _Judged, entry: Entry) -> tuple[Verdict, ...]:
    if judged.there.is_empty():
        return standing_in(scene.table)
    broken = judged.there.join(judged.passing, on=_BY_PLACE, how="anti", maintain_order="left")
    standing = standing_in(scene.table)
    last = measured_in(standing)
    verdicts = judge(
        judged.compiled,
        judged.rows_at(judged.passing),
        judged.rows_at(broken),
        kept_rows=judged.passing.height,
        set_aside_rows=broken.height,
        key=scene.dataset.shown_key,
        last=last,
    )
    verdicts = as_runs_left_them(judged.compiled, verdicts, standing)
    whole = judge_table(judged.compiled, verdicts, lambda: scene.as_it_will_be(entry, _entering(scene)), last)
    return tuple(whole)


def _report(
    dataset: Dataset, judged: _Judged, entry: Entry, verdicts: tuple[Verdict, ...], clock: Clock
) -> StepReport:
    passing = judged.passing.height
    newly_aside = judged.broken.join(judged.aside, on=_BY_PLACE, how="anti").height
    return StepReport(
        Zone.TRUSTED,
        dataset.name,
        is_changed=True,
        rows_in=passing + newly_aside,
        rows_out=entry.entered,
        rows_quarantined=newly_aside,
        rows_merged=max(0, passing - entry.entered + entry.replaced),
        cleaned=judged.tally.cleaned(),
        verdicts=verdicts,
        seconds=clock.seconds,
        effort=clock.effort,
    )
