"""The steps of the flow, each for one dataset or table: what the command line and Dagster both call."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import cast

import polars as pl

from lake_assets.connectors import ClearsAway, Connector
from lake_assets.errors import ConnectorError
from lake_assets.governance.mappings import record_declared
from lake_assets.governance.processed_files import known_files
from lake_assets.lake.unsaid import unsaid
from lake_assets.model import (
    Cleaned,
    Dataset,
    Effort,
    Run,
    StepReport,
    TableRef,
    Transformation,
    Verdict,
    Zone,
)
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import find_table, open_table
from lake_assets.zones.batches import finished, sweep
from lake_assets.zones.child_replay import replay_child
from lake_assets.zones.children import refuse_blocked, trust_child
from lake_assets.zones.exploitation import exploit
from lake_assets.zones.formatted import format_files
from lake_assets.zones.persistent_landing import land
from lake_assets.zones.redecode import redecode
from lake_assets.zones.replay import replay
from lake_assets.zones.temporary_landing import fetch
from lake_assets.zones.trusted import standing_verdicts, trust

__all__ = ["Steps"]


@dataclass(frozen=True)
class Steps:
    """The flow of a lake in one run.

    Args:
        root: The lake.
        run: The run that every commit records.
        hidden: Names the columns of a table whose values are told neither in verdicts nor in errors.
    """

    root: LakeRoot
    run: Run
    hidden: Callable[[TableRef], Collection[str]] = lambda _: ()

    def fetch(self, dataset: Dataset, connector: Connector) -> StepReport:
        """Bring what is new at the source of a dataset into temporary landing.

        Raises:
            ConnectorError: When nothing could be fetched though something should have been.
        """
        sweep(self.root, dataset)
        known = known_files(self.root, dataset)
        for batch in finished(self.root, dataset):
            known.await_landing(batch.files)
        return fetch(self.root, dataset, connector, known, self.run)

    def land(self, dataset: Dataset, connector: Connector | None = None) -> StepReport:
        """Take what is in temporary landing into persistent landing.

        Args:
            dataset: Whose files.
            connector: Its way in, which may clear away at the source what is recorded then.
        """
        report, source = land(self.root, dataset, self.run), cast("object", connector)
        if not isinstance(source, ClearsAway):
            return report
        try:
            problems = source.clear_away(dataset, partial(known_files, self.root, dataset))
        except ConnectorError as error:
            problems = [str(error)]
        return replace(report, problems=(*report.problems, *problems))

    def format(self, dataset: Dataset) -> StepReport:
        """Decode what has landed into the formatted table."""
        with unsaid(dataset.table(Zone.FORMATTED), self.hidden):
            reports = format_files(self.root, dataset, self.run)
        return _total(reports) if reports else self._idle(dataset.table(Zone.FORMATTED))

    def trust(self, dataset: Dataset) -> StepReport:
        """Judge and merge what is new into the trusted table: of formatted, or of the parent of a child table.

        Raises:
            BlockedError: When a blocking rule of the parent of a child table stands broken.
        """
        if dataset.parent:
            refuse_blocked(dataset, self.standing_verdicts(TableRef(Zone.TRUSTED, dataset.parent)))
            with unsaid(dataset.table(Zone.TRUSTED), self.hidden):
                report = trust_child(self.root, dataset, self.run, self.scan)
            if report:
                self._record_mapping(dataset)
            return report or self._idle(dataset.table(Zone.TRUSTED))
        with unsaid(dataset.table(Zone.TRUSTED), self.hidden):
            reports = trust(self.root, dataset, self.run, self.scan)
        if reports:
            self._record_mapping(dataset)
        return _total(reports) if reports else self._idle(dataset.table(Zone.TRUSTED))

    def redecode(self, dataset: Dataset, why: str) -> StepReport:
        """Decode again what was decoded by another mapping or format, and what could not be read.

        Args:
            dataset: The dataset.
            why: Why, for the record.
        """
        with unsaid(dataset.table(Zone.FORMATTED), self.hidden):
            report = redecode(self.root, dataset, self.run, why)
        return report or self._idle(dataset.table(Zone.FORMATTED))

    def replay(self, dataset: Dataset, why: str) -> StepReport:
        """Take back what the trusted zone set aside and what keeps the rules as they are now.

        Args:
            dataset: The dataset.
            why: Why, for the record.
        """
        if find_table(self.root, dataset.table(Zone.TRUSTED)) is None:
            return self.trust(dataset)
        again = replay_child if dataset.parent else replay
        with unsaid(dataset.table(Zone.TRUSTED), self.hidden):
            report = again(self.root, dataset, self.run, self.scan, why)
        if report:
            self._record_mapping(dataset)
        return report or self._idle(dataset.table(Zone.TRUSTED))

    def exploit(self, transformation: Transformation) -> StepReport:
        """Bring an exploitation table up to its inputs; see `lake_assets.zones.exploitation.exploit`."""
        from lake_assets.lineage import lineage_of

        with unsaid(transformation.target, self.hidden, is_code=not transformation.is_sql):
            report = exploit(
                self.root,
                transformation,
                self.run,
                self.standing_verdicts,
                self.scan,
                lineage_of,
                self.hidden,
            )
        return report or self._idle(transformation.target)

    def scan(self, ref: TableRef) -> pl.LazyFrame:
        """The rows of a table.

        Raises:
            UnknownTableError: When it is not there.
        """
        return open_table(self.root, ref).scan()

    def standing_verdicts(self, ref: TableRef) -> tuple[Verdict, ...]:
        """How the rules came out when a table changed last."""
        return standing_verdicts(self.root, ref)

    def _record_mapping(self, dataset: Dataset) -> None:
        """Keep what the formatted and trusted columns are made of: once for both, where it is not what it was."""
        from lake_assets.lineage import lineages_of_dataset

        record_declared(self.root, lineages_of_dataset(self.root, dataset), self.run)

    def _idle(self, ref: TableRef) -> StepReport:
        table = find_table(self.root, ref)
        verdicts = self.standing_verdicts(ref)
        return StepReport(ref.zone, ref.name, version=table.version if table else None, verdicts=verdicts)


def _total(reports: Sequence[StepReport]) -> StepReport:
    """One report of several commits of one table."""
    counts = ("files", "size_bytes", "rows_in", "rows_out", "rows_quarantined", "rows_merged", "seconds")
    sums = {name: sum(getattr(each, name) for each in reports) for name in counts}
    problems = tuple(problem for each in reports for problem in each.problems)
    drifts = tuple(drift for each in reports for drift in each.drifts)
    # What drifted in one commit is not right again because the next one brought what was expected.
    drifted = [each for each in reports if each.drifts]
    verdicts = (drifted or reports)[-1].verdicts
    cleaned, effort = _together(reports), sum((each.effort for each in reports), Effort())
    return replace(
        reports[-1],
        **sums,
        effort=effort,
        cleaned=cleaned,
        drifts=drifts,
        verdicts=verdicts,
        problems=problems,
    )


def _together(reports: Sequence[StepReport]) -> tuple[Cleaned, ...]:
    """What the cleaning steps changed, in all commits."""
    total: dict[tuple[int, str, str], Cleaned] = {}
    for each in (each for report in reports for each in report.cleaned):
        place = (each.step, each.kind, each.column)
        known = total.get(place, replace(each, changed=0, lost=0))
        total[place] = replace(each, changed=known.changed + each.changed, lost=known.lost + each.lost)
    return tuple(total.values())
