"""Ingest: everything that is new, through all zones, in one process."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from graphlib import CycleError, TopologicalSorter
from itertools import chain

from lake_assets.connectors import open_connector
from lake_assets.errors import BlockedError, DeclarationError, LakeError
from lake_assets.lake.failing import as_lake_error
from lake_assets.lake.steps import Steps
from lake_assets.model import Dataset, Source, StepReport, TableRef, Transformation, Zone

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


Step = tuple[Zone, str, Callable[[], StepReport]]
"""The zone and table that a step is about, and what does it."""

Watcher = Callable[[Zone, str, StepReport | LakeError | None], None]
"""Told of every step: with None when it begins, with its report or its error when it ends."""


def ingest(
    steps: Steps,
    sources: Sequence[Source],
    transformations: Sequence[Transformation],
    watch: Watcher | None = None,
    first: Sequence[Step] = (),
) -> IngestReport:
    """Take everything that is new at the sources through all zones; a failure stops only what depends on it.

    Args:
        steps: The flow.
        sources: The sources.
        transformations: The exploitation tables, each after its inputs.
        watch: Is told of every step.
        first: Steps to be done before.
    """
    report = IngestReport()
    for zone, name, step in chain(first, _plan(steps, sources, transformations)):
        _attempt(report, watch, zone, name, step)
    return report


def _plan(
    steps: Steps, sources: Sequence[Source], transformations: Sequence[Transformation]
) -> Iterator[Step]:
    declared = [dataset for source in sources for dataset in source.datasets]
    trusted = in_order_of_references([each for dataset in declared for each in (dataset, *dataset.children)])
    for source in sources:
        for dataset in source.datasets:
            fetching = partial(_fetch, steps, source, dataset)
            yield Zone.TEMPORARY_LANDING, dataset.name, fetching
            yield Zone.PERSISTENT_LANDING, dataset.name, partial(_land, steps, source, dataset)
            yield Zone.FORMATTED, dataset.name, partial(steps.format, dataset)
    for dataset in trusted:
        yield Zone.TRUSTED, dataset.name, partial(steps.trust, dataset)
    for transformation in transformations:
        yield Zone.EXPLOITATION, transformation.target.name, partial(steps.exploit, transformation)


def _fetch(steps: Steps, source: Source, dataset: Dataset) -> StepReport:
    return steps.fetch(dataset, open_connector(source))


def _land(steps: Steps, source: Source, dataset: Dataset) -> StepReport:
    return steps.land(dataset, open_connector(source))


def _attempt(
    report: IngestReport, watch: Watcher | None, zone: Zone, name: str, step: Callable[[], StepReport]
) -> None:
    tell = watch or _tell_nobody
    tell(zone, name, None)
    outcome = _outcome(zone, name, step)
    if isinstance(outcome, LakeError):
        report.failures.append(Failure(zone, name, outcome))
    else:
        report.reports.append(outcome)
    tell(zone, name, outcome)


def _outcome(zone: Zone, name: str, step: Callable[[], StepReport]) -> StepReport | LakeError:
    try:
        return step()
    except Exception as error:  # noqa: BLE001 - told, whatever it is: it must not keep the other tables from their data
        return as_lake_error(error, f"{zone} {name}")


def _tell_nobody(_zone: Zone, _name: str, _outcome: StepReport | LakeError | None) -> None:
    return


def referenced_tables(dataset: Dataset) -> set[TableRef]:
    """The tables that the rules of a dataset look up."""
    named = (rule.parameters.get("table") for rule in dataset.rules if rule.kind == "references")
    return {TableRef.parse(str(name)) for name in named if name}


def in_order_of_references(datasets: Sequence[Dataset]) -> list[Dataset]:
    """Datasets and child tables, each after those that it is made of and those that its rules refer to.

    Raises:
        DeclarationError: When rules refer to each other in a circle.
    """
    chosen = {dataset.name: dataset for dataset in datasets}
    graph = {
        dataset.name: {
            ref.name for ref in referenced_tables(dataset) if ref.name in chosen and ref.name != dataset.name
        }
        | ({dataset.parent} & chosen.keys())
        for dataset in datasets
    }
    try:
        return [chosen[name] for name in TopologicalSorter(graph).static_order()]
    except CycleError as error:
        circle = " -> ".join(error.args[1])
        mend = "drop one of the references"
        raise DeclarationError(f"the rules refer to each other in a circle: {circle}", mend=mend) from error
