"""The steps of the flow, each for one dataset or table: what the command line and Dagster both call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import polars as pl

from lake_assets.connectors import open_connector
from lake_assets.declarations import Declarations
from lake_assets.errors import ConnectorError
from lake_assets.governance.processed_files import known_files
from lake_assets.model import Run, StepReport, TableRef, Verdict, Zone
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import find_table, open_table
from lake_assets.zones.exploitation import exploit
from lake_assets.zones.formatted import format_files
from lake_assets.zones.persistent_landing import land
from lake_assets.zones.temporary_landing import fetch
from lake_assets.zones.trusted import standing_verdicts, trust

__all__ = ["Steps"]


@dataclass(frozen=True)
class Steps:
    """The flow of a lake in one run.

    Args:
        root: The lake.
        declarations: Its sources and transformations.
        run: The run that every commit records.
    """

    root: LakeRoot
    declarations: Declarations
    run: Run

    def fetch(self, name: str) -> StepReport:
        """Bring what is new at the source of a dataset into temporary landing.

        Raises:
            ConnectorError: When nothing could be fetched, because the source cannot be reached.
        """
        dataset = self.declarations.dataset(name)
        connector = open_connector(self.declarations.source(dataset.source))
        report = fetch(self.root, dataset, connector, known_files(self.root, dataset))
        if report.problems and not report.files:
            what = "; ".join(report.problems)
            raise ConnectorError(what, place=f"source {dataset.source}, dataset {name}, {dataset.place}")
        return report

    def land(self, name: str) -> StepReport:
        """Take what is in temporary landing into persistent landing."""
        return land(self.root, self.declarations.dataset(name), self.run)

    def format(self, name: str) -> StepReport:
        """Decode what has landed into the formatted table."""
        dataset = self.declarations.dataset(name)
        return _total(format_files(self.root, dataset, self.run), self._idle(dataset.table(Zone.FORMATTED)))

    def trust(self, name: str) -> StepReport:
        """Judge and merge what is new in formatted into the trusted table."""
        dataset = self.declarations.dataset(name)
        report = trust(self.root, dataset, self.run, self.scan)
        ref = dataset.table(Zone.TRUSTED)
        return report or replace(self._idle(ref), verdicts=self.standing_verdicts(ref))

    def exploit(self, name: str) -> StepReport:
        """Bring an exploitation table up to its inputs; see `lake_assets.zones.exploitation.exploit`."""
        transformation = self.declarations.transformation(name)
        report = exploit(self.root, transformation, self.run, self.standing_verdicts, self.scan)
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

    def _idle(self, ref: TableRef) -> StepReport:
        table = find_table(self.root, ref)
        return StepReport(ref.zone, ref.name, version=table.version if table else None)


def _total(reports: Sequence[StepReport], idle: StepReport) -> StepReport:
    """One report of several commits of one table."""
    if not reports:
        return idle
    counts = ("files", "size_bytes", "rows_in", "rows_out", "rows_quarantined", "rows_merged", "seconds")
    sums = {name: sum(getattr(each, name) for each in reports) for name in counts}
    problems = tuple(problem for each in reports for problem in each.problems)
    return replace(reports[-1], **sums, problems=problems)
