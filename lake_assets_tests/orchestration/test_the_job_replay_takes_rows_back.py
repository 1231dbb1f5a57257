"""The job `replay` in the UI: the same as `lake replay`, with its outcome in the catalogue."""

import dagster as dg
import pytest

from lake_assets.lake import Lake
from lake_assets_tests.orchestration.running import drop, loaded, run_all


@pytest.fixture(scope="module")
def replayed(module_project, module_instance):
    """A price that was too high, the rule mended, and the job run."""
    definitions = loaded(Lake.open())
    drop(module_project, "first.csv", "1,mon,2.5", "2,tue,900")
    run_all(definitions, module_instance)
    declared = module_project / "defs/hires/defs.yaml"
    declared.write_text(declared.read_text().replace("[0, 500]", "[0, 5000]"))
    config = {"ops": {"take_back": {"config": {"dataset": "hires", "why": "prices went up"}}}}
    job = definitions.resolve_job_def("replay")
    return job.execute_in_process(run_config=config, instance=module_instance)


def test_the_rows_are_back_and_what_is_made_of_them(replayed):
    assert replayed.success
    fresh = Lake.open()
    assert fresh.scan("trusted.hires").collect().height == 2
    assert fresh.scan("exploitation.takings").collect().height == 2
    history = fresh.scan("quarantine.hires").collect()
    assert history["readmitted_by"].to_list() == [replayed.run_id]


def test_the_catalogue_knows(replayed, module_instance):
    assert replayed.success
    event = module_instance.get_latest_materialization_event(dg.AssetKey(["trusted", "hires"]))
    assert event.run_id == replayed.run_id


def test_a_dataset_that_is_not_declared_is_told_with_the_near_names(definitions, instance, project):
    assert project.is_dir()
    config = {"ops": {"take_back": {"config": {"dataset": "hirse", "why": "a slip"}}}}
    job = definitions.resolve_job_def("replay")
    result = job.execute_in_process(run_config=config, instance=instance, raise_on_error=False)
    assert not result.success
    failure = next(event for event in result.all_events if event.is_step_failure)
    assert "did you mean hires?" in failure.step_failure_data.user_failure_data.description
