"""Ingest: everything that is new, through all zones, in one process."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter

from lake_assets.errors import BlockedError, DeclarationError, LakeError
from lake_assets.lake.steps import Steps
from lake_assets.model import Dataset, StepReport, TableRef, Zone

__all__ = ["Failure", "IngestReport", "Watcher", "in_order_of_references", "ingest", "referenced_tables"]


@dataclass(frozen=True)
class Failure:
    """A step that could not be done; the others went on.

    Args:
        zone: The zone.
        table: The table or dataset.
        error: What was wrong.
    """

    zone: Zone
    table: str
    error: LakeError


@dataclass
class IngestReport:
    """What one ingest did.

    Args:
        reports: One for each step that was done, in order.
        failures: Those that could not be.
    """

    reports: list[StepReport] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)

    @property
    def is_changed(self) -> bool:
        """Whether anything was written."""
        return any(report.is_changed for report in self.reports)

    @property
    def is_blocked(self) -> bool:
        """Whether a blocking rule stands broken."""
        stopped = any(isinstance(failure.error, BlockedError) for failure in self.failures)
        return stopped or any(report.is_blocked for report in self.reports)


Watcher = Callable[[Zone, str, StepReport | LakeError | None], None]
"""Told of every step: with None when it begins, with its report or its error when it ends."""


def ingest(steps: Steps, sources: Sequence[str] = (), watch: Watcher | None = None) -> IngestReport:
    """Take everything that is new at the sources through all zones; a failure stops only what depends on it.

    Args:
        steps: The flow.
        sources: Names of sources; empty for all.
        watch: Is told of every step.

    Raises:
        DeclarationError: When a name is no source's.
    """
    report = IngestReport()
    declarations = steps.declarations
    chosen = [declarations.source(name) for name in sources] or declarations.sources
    datasets = [dataset for source in chosen for dataset in source.datasets]
    for zone, name, step in _plan(steps, datasets):
        _attempt(report, watch, zone, name, step)
    return report


_Step = tuple[Zone, str, Callable[[], StepReport]]


def _plan(steps: Steps, datasets: Sequence[Dataset]) -> Iterator[_Step]:
    for dataset in datasets:
        name = dataset.name
        yield Zone.TEMPORARY_LANDING, name, lambda name=name: steps.fetch(name)
        yield Zone.PERSISTENT_LANDING, name, lambda name=name: steps.land(name)
        yield Zone.FORMATTED, name, lambda name=name: steps.format(name)
    for name in in_order_of_references(datasets):
        yield Zone.TRUSTED, name, lambda name=name: steps.trust(name)
    for transformation in steps.declarations.transformations:
        name = transformation.target.name
        yield Zone.EXPLOITATION, name, lambda name=name: steps.exploit(name)


def _attempt(
    report: IngestReport, watch: Watcher | None, zone: Zone, name: str, step: Callable[[], StepReport]
) -> None:
    tell = watch or _tell_nobody
    tell(zone, name, None)
    try:
        done = step()
    except LakeError as error:
        report.failures.append(Failure(zone, name, error))
        tell(zone, name, error)
    else:
        report.reports.append(done)
        tell(zone, name, done)


def _tell_nobody(_zone: Zone, _name: str, _outcome: StepReport | LakeError | None) -> None:
    return


def referenced_tables(dataset: Dataset) -> set[TableRef]:
    """The tables that the rules of a dataset look up."""
    named = (rule.parameters.get("table") for rule in dataset.rules if rule.kind == "references")
    return {TableRef.parse(str(name)) for name in named if name}


def in_order_of_references(datasets: Sequence[Dataset]) -> list[str]:
    """Names of datasets, each after those that its rules refer to.

    Raises:
        DeclarationError: When rules refer to each other in a circle.
    """
    chosen = {dataset.name for dataset in datasets}
    graph = {
        dataset.name: {ref.name for ref in referenced_tables(dataset) if ref.name in chosen - {dataset.name}}
        for dataset in datasets
    }
    try:
        return list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        circle = " -> ".join(error.args[1])
        mend = "drop one of the references"
        raise DeclarationError(f"the rules refer to each other in a circle: {circle}", mend=mend) from error
