"""The job `replay`: what was set aside of a dataset, decoded and judged again, from the UI's launchpad.

Annotations are real here, not postponed: Dagster reads those of `context` and `config`.
"""

import dagster as dg
from pydantic import Field

from lake_assets.errors import LakeError
from lake_assets.lake import Lake
from lake_assets.model import StepReport, Zone
from lake_assets.orchestration.catalog import events_of, rules_by_table

__all__ = ["Replay", "replay"]


class Replay(dg.Config):
    """What the job is asked for."""

    dataset: str = Field(description="The dataset whose quarantine is decoded and judged again.")
    why: str = Field(description="Why, for the record.")
    who: str = Field(default="", description="Who asks for it, for the record; default: whose process it is.")


@dg.op(required_resource_keys={"lake"})
def take_back(context: dg.OpExecutionContext, config: Replay) -> None:
    """Take back what passes the mapping and the rules as they are now, and bring the exploitation tables up to it."""
    lake: Lake = context.resources.lake.open()
    rules = rules_by_table(lake)
    try:
        report = lake.replay(config.dataset, config.why, run_id=context.run_id, who=config.who)
    except LakeError as error:
        raise dg.Failure(description=str(error), allow_retries=False) from error
    for step in (step for step in report.reports if step.is_changed):
        context.log.info(_said(step))
        for problem in step.problems:
            context.log.warning(problem)
        for event in events_of(lake, step, rules, always=True):
            if isinstance(event, dg.AssetMaterialization):
                context.log_event(event)
            else:
                context.instance.report_runless_asset_event(event)
    if report.failures:
        raise dg.Failure(
            description="\n".join(str(each.error) for each in report.failures), allow_retries=False
        )


def _said(step: StepReport) -> str:
    if step.zone is Zone.FORMATTED:
        read = f"{step.files} files decoded again, {step.rows_out} rows new or other than before"
        return f"{step.zone}.{step.table}: {read}, {step.rows_quarantined} set aside"
    return f"{step.zone}.{step.table}: {step.rows_in} rows pass now, {step.rows_out} rows written"


@dg.job(
    description="Decodes and judges again what was set aside of a dataset, and takes back what passes now:"
    " after a rule, the mapping or the format was mended."
)
def replay() -> None:
    """Replay one dataset."""
    take_back()
