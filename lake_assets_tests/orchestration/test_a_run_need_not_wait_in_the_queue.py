"""`PromptRunQueue`: a run that nothing stands in the way of is launched at once, and every other is queued."""

import sys
from collections.abc import Iterator
from typing import ClassVar

import dagster as dg
import pytest
from dagster._core.code_pointer import ModuleCodePointer
from dagster._core.origin import JobPythonOrigin, RepositoryPythonOrigin
from dagster._core.remote_origin import RegisteredCodeLocationOrigin, RemoteJobOrigin, RemoteRepositoryOrigin
from dagster._core.run_coordinator import SubmitRunContext

from lake_assets.orchestration.run_launcher import ForkedRunLauncher

QUEUED, NOT_STARTED, STARTED = (
    dg.DagsterRunStatus.QUEUED,
    dg.DagsterRunStatus.NOT_STARTED,
    dg.DagsterRunStatus.STARTED,
)


class ReadyLauncher(ForkedRunLauncher):
    """A launcher with a process that waits, which notes what it is given in place of starting it."""

    is_ready = True
    launched: ClassVar[list[str]] = []

    def launch_run(self, context):
        self.launched.append(context.dagster_run.run_id)


@dg.job
def job():
    """Nothing in it."""


SETTINGS = {
    "run_coordinator": {"module": "lake_assets.orchestration.run_queue", "class": "PromptRunQueue"},
    "run_launcher": {"module": __name__, "class": "ReadyLauncher"},
    "concurrency": {
        "runs": {
            "max_concurrent_runs": 2,
            "tag_concurrency_limits": [
                {"key": "lake/source", "value": {"applyLimitPerUniqueValue": True}, "limit": 1}
            ],
        }
    },
}


@pytest.fixture(scope="module")
def shared() -> Iterator[dg.DagsterInstance]:
    with dg.instance_for_test(overrides=SETTINGS) as instance:
        yield instance


@pytest.fixture
def instance(shared: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch) -> dg.DagsterInstance:
    """One without runs, whose process waits."""
    monkeypatch.setattr(ReadyLauncher, "launched", [])
    for run in shared.get_runs():
        shared.delete_run(run.run_id)
    return shared


def run_of(instance: dg.DagsterInstance, status: dg.DagsterRunStatus, **tags: str) -> dg.DagsterRun:
    served = RemoteRepositoryOrigin(RegisteredCodeLocationOrigin("lake"), "lake")
    return instance.create_run_for_job(
        job,
        status=status,
        tags=tags,
        remote_job_origin=RemoteJobOrigin(served, "job"),
        job_code_origin=JobPythonOrigin(
            "job", RepositoryPythonOrigin(sys.executable, ModuleCodePointer("x", "y"))
        ),
    )


def submit(instance: dg.DagsterInstance, **tags: str) -> dg.DagsterRunStatus:
    run = run_of(instance, NOT_STARTED, **tags)
    return instance.run_coordinator.submit_run(SubmitRunContext(run, workspace=None)).status


def is_launched(instance: dg.DagsterInstance, **tags: str) -> bool:
    before = len(instance.run_launcher.launched)
    status = submit(instance, **tags)
    launched = len(instance.run_launcher.launched) > before
    assert (status is QUEUED) != launched
    return launched


def test_it_is_launched_when_a_process_waits(instance):
    assert is_launched(instance)


def test_it_is_queued_when_none_waits(instance, monkeypatch):
    monkeypatch.setattr(ReadyLauncher, "is_ready", False)
    assert not is_launched(instance)


def test_it_is_queued_behind_those_that_wait(instance):
    run_of(instance, QUEUED)
    assert not is_launched(instance)


def test_it_is_queued_when_as_many_run_as_may(instance):
    run_of(instance, STARTED)
    assert is_launched(instance)
    assert not is_launched(instance), "the one just launched counts"


@pytest.mark.parametrize(("other", "expected"), [("a", False), ("b", True)])
def test_a_source_has_one_run_at_a_time(instance, other, expected):
    run_of(instance, STARTED, **{"lake/source": "a"})
    assert is_launched(instance, **{"lake/source": other}) is expected


def test_pools_are_left_to_the_daemon(instance):
    instance.event_log_storage.set_concurrency_slots("database", 1)
    assert not is_launched(instance)
    instance.event_log_storage.delete_concurrency_limit("database")
