"""The queue of runs, for which a run that nothing stands in the way of need not wait.

`dagster.yaml` names it. Dagster's daemon looks at its queue once a second at best. Here the daemon's process, which
submits what its sensors ask for, launches such a run itself; every other is queued as ever.
"""

from __future__ import annotations

from threading import Lock

from dagster import DagsterInstance, DagsterRun, DagsterRunStatus, RunsFilter
from dagster._core.run_coordinator import QueuedRunCoordinator, SubmitRunContext
from dagster._core.storage.dagster_run import IN_PROGRESS_RUN_STATUSES
from dagster._utils.tags import TagConcurrencyLimitsCounter

from lake_assets.orchestration.daemon_pace import rest_briefly
from lake_assets.orchestration.run_launcher import ForkedRunLauncher

__all__ = ["PromptRunQueue"]

_ONE_AT_A_TIME = Lock()
_BEFORE = [DagsterRunStatus.QUEUED, *IN_PROGRESS_RUN_STATUSES]


class PromptRunQueue(QueuedRunCoordinator):
    """Launches a run at once where a process waits for it and the limits allow it; queues it otherwise."""

    def register_instance(self, instance: DagsterInstance) -> None:
        """Begin to serve an instance; in the daemon its sensors, whose runs these are, rest less."""
        super().register_instance(instance)
        rest_briefly()

    def submit_run(self, context: SubmitRunContext) -> DagsterRun:
        """Launch or queue a run."""
        with _ONE_AT_A_TIME:
            if not self._may_start(context.dagster_run):
                return super().submit_run(context)
            return self._instance.launch_run(context.dagster_run.run_id, context.workspace)

    def _may_start(self, run: DagsterRun) -> bool:
        """Whether the daemon would launch it now: nothing else waits, and with it there are not too many."""
        launcher = self._instance.run_launcher
        if run.status is not DagsterRunStatus.NOT_STARTED or not isinstance(launcher, ForkedRunLauncher):
            return False
        limits = self._instance.get_concurrency_config().run_queue_config
        if not launcher.is_ready or limits is None or self._instance.event_log_storage.get_concurrency_keys():
            return False  # how much room the pools have is for the daemon to say
        others = self._instance.get_runs(RunsFilter(statuses=_BEFORE))
        if any(other.status is DagsterRunStatus.QUEUED for other in others):
            return False
        is_room = limits.max_concurrent_runs == -1 or len(others) < limits.max_concurrent_runs
        counter = TagConcurrencyLimitsCounter(limits.tag_concurrency_limits or [], list(others))
        return is_room and not counter.is_blocked(run)
