"""Run events of OpenLineage: a step began, a step ended, a step failed. Imported only where they are asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from openlineage.client import facet_v2 as facets
from openlineage.client.event_v2 import InputDataset, Job, OutputDataset, Run, RunEvent, RunState
from openlineage.client.facet_v2 import DatasetFacet, JobFacet, OutputDatasetFacet, RunFacet

from lake_assets.errors import LakeError
from lake_assets.lineage.about import About
from lake_assets.lineage.facets import assertions, column_lineage, described, table_facets
from lake_assets.lineage.names import dataset_name, producer_of, run_uuid, step_uuid
from lake_assets.model import Run as LakeRun
from lake_assets.model import StepReport, TableLineage, TableRef
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import find_table

__all__ = ["completed", "failed", "started"]


@dataclass(frozen=True)
class _Step:
    """A step of a run.

    Args:
        root: The lake.
        run: The run.
        ref: The table.
        about: What is declared of it.
    """

    root: LakeRoot
    run: LakeRun
    ref: TableRef
    about: About = field(default_factory=About)

    def event(
        self,
        state: RunState,
        inputs: list[InputDataset] | None = None,
        outputs: list[OutputDataset] | None = None,
        more: dict[str, RunFacet] | None = None,
    ) -> RunEvent:
        """An event of the step."""
        namespace = self.root.uri
        parent = facets.parent_run.ParentRunFacet(
            facets.parent_run.Run(run_uuid(self.run.run_id)), facets.parent_run.Job(namespace, "lake")
        )
        engine = facets.processing_engine_run.ProcessingEngineRunFacet(self.run.code_version, "lake_assets")
        return RunEvent(
            eventType=state,
            eventTime=datetime.now(UTC).isoformat(),
            run=Run(
                step_uuid(self.run.run_id, self.ref),
                {"parent": parent, "processing_engine": engine, **(more or {})},
            ),
            job=Job(namespace, str(self.ref), self._job()),
            inputs=inputs or [],
            outputs=outputs or [],
            producer=producer_of(self.run),
        )

    def _job(self) -> dict[str, JobFacet]:
        told: dict[str, JobFacet] = {
            "jobType": facets.job_type_job.JobTypeJobFacet("BATCH", "LAKE_ASSETS", "TABLE")
        }
        if self.about.sql:
            told["sql"] = facets.sql_job.SQLJobFacet(self.about.sql)
        return told

    def inputs(self, report: StepReport | None = None) -> list[InputDataset]:
        """The tables that values or rows come from; the verdicts stand at the one whose rows were judged."""
        refs = _origins(self.about.lineage) if self.about.lineage else []
        verdicts = report.verdicts if report and len(refs) == 1 else ()
        return [
            InputDataset(
                *dataset_name(self.root, ref),
                inputFacets=assertions(verdicts, self.about.rules),
                facets=self._facets(ref),
            )
            for ref in refs
        ]

    def outputs(self, report: StepReport | None = None) -> list[OutputDataset]:
        """The table that is made."""
        lineage = self.about.lineage
        told: dict[str, DatasetFacet] = {
            **self._facets(self.ref),
            **described(self.about.owner, self.about.description),
            **(column_lineage(self.root, lineage) if lineage else {}),
        }
        output = {"outputStatistics": _statistics(report)} if report else {}
        return [OutputDataset(*dataset_name(self.root, self.ref), outputFacets=output, facets=told)]

    def _facets(self, ref: TableRef) -> dict[str, DatasetFacet]:
        table = find_table(self.root, ref) if ref.zone.holds_tables else None
        return table_facets(table) if table is not None else {}


def _statistics(report: StepReport) -> OutputDatasetFacet:
    """What a step wrote: rows of a table, files of a landing zone."""
    facet = facets.output_statistics_output_dataset.OutputStatisticsOutputDatasetFacet
    if report.zone.holds_tables:
        return facet(rowCount=report.rows_out)
    return facet(size=report.size_bytes, fileCount=report.files)


def started(root: LakeRoot, run: LakeRun, ref: TableRef) -> RunEvent:
    """A step began.

    Args:
        root: The lake.
        run: The run.
        ref: The table.
    """
    return _Step(root, run, ref).event(RunState.START)


def completed(root: LakeRoot, run: LakeRun, ref: TableRef, report: StepReport, about: About) -> RunEvent:
    """A step ended.

    Args:
        root: The lake.
        run: The run.
        ref: The table.
        report: What it did.
        about: What is declared of the table.
    """
    step = _Step(root, run, ref, about)
    return step.event(RunState.COMPLETE, step.inputs(report), step.outputs(report))


def failed(root: LakeRoot, run: LakeRun, ref: TableRef, error: LakeError, about: About) -> RunEvent:
    """A step failed: with what is wrong, where, and how to mend it, which hold no values of personal columns.

    Args:
        root: The lake.
        run: The run.
        ref: The table.
        error: Why.
        about: What is declared of the table.
    """
    step = _Step(root, run, ref, about)
    message = facets.error_message_run.ErrorMessageRunFacet(str(error), "python")
    return step.event(RunState.FAIL, step.inputs(), step.outputs(), {"errorMessage": message})


def _origins(lineage: TableLineage) -> list[TableRef]:
    depends = [*lineage.columns.values(), lineage.rows]
    return sorted({each.origin.table for one in depends for each in one})
