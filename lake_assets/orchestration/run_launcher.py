"""Starts runs on this machine within milliseconds: each in a process of its own that has imported everything already.

`dagster.yaml` names it. Dagster's own launcher starts a new interpreter for each run, which takes two seconds.
"""

from __future__ import annotations

import atexit
import os
import signal
import sys
from multiprocessing import get_context
from multiprocessing import process as process_module
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from threading import Lock, Thread

import psutil
from dagster._core.launcher import CheckRunHealthResult, DefaultRunLauncher, LaunchRunContext, WorkerStatus
from dagster._core.storage.dagster_run import DagsterRun
from dagster._grpc.types import ExecuteRunArgs
from dagster._serdes import ConfigurableClassData, serialize_value

from lake_assets.orchestration.forked_run import wait_for_run

__all__ = ["PROCESS_TAG", "ForkedRunLauncher"]

PROCESS_TAG = "lake/process"
"""The tag of a run that says which process executes it: its id, and when it was born."""

_PRELOADED = "lake_assets.orchestration.forked_run"


class ForkedRunLauncher(DefaultRunLauncher):
    """Gives each run to a process that waits for one; a code location of another interpreter is left to Dagster."""

    def __init__(self, inst_data: ConfigurableClassData | None = None) -> None:
        """Start nothing yet: the web server makes one too and never launches."""
        super().__init__(inst_data)
        self._lock = Lock()
        self._waiting: tuple[ForkServerProcess, Connection] | None = None
        self._is_disposed = False

    def launch_run(self, context: LaunchRunContext) -> None:
        """Hand a run to the process that waits, and let the next one get ready.

        It does so beside the run, where there is a core left and the run has not to get ready itself.
        """
        origin = context.job_code_origin
        if origin is None or origin.repository_origin.executable_path != sys.executable:
            super().launch_run(context)
            return
        run_id = context.dagster_run.run_id
        run = ExecuteRunArgs(origin, run_id, self._instance.get_ref(), set_exit_code_on_failure=True)
        was_ready = self.is_ready
        process, requests = self._take()
        self._instance.add_run_tags(run_id, {PROCESS_TAG: _identity(process.pid)})
        requests.send(serialize_value(run))
        requests.close()
        # A run outlives the daemon, as with Dagster's launcher; multiprocessing would have the daemon wait for it.
        process_module._children.discard(process)  # type: ignore[attr-defined]  # noqa: SLF001 - there is no other way
        Thread(target=self._see_out, args=(process, run_id), daemon=True).start()
        if was_ready and (os.cpu_count() or 1) > 1:
            Thread(target=self._get_ready, daemon=True).start()

    @property
    def is_ready(self) -> bool:
        """Whether a process waits for a run here; only ever in the daemon, which launches."""
        with self._lock:
            return self._waiting is not None and self._waiting[0].is_alive()

    def _take(self) -> tuple[ForkServerProcess, Connection]:
        with self._lock:
            waiting, self._waiting = self._waiting, None
        return waiting if waiting and waiting[0].is_alive() else _start()

    def _see_out(self, process: ForkServerProcess, run_id: str) -> None:
        """Wait for the end of a run; say so where it could not do so itself."""
        process.join()
        if process.exitcode and not self._is_disposed:
            self._report(run_id, process.exitcode)
        self._get_ready()

    def _get_ready(self) -> None:
        with self._lock:
            if self._waiting is None and not self._is_disposed:
                self._waiting = _start()

    def _report(self, run_id: str, status: int) -> None:
        run = self._instance.get_run_by_id(run_id)
        if run is not None and not run.is_finished:
            how = f"signal {-status}" if status < 0 else f"status {status}"
            self._instance.report_run_failed(run, f"the process of the run ended with {how}")

    def terminate(self, run_id: str) -> bool:
        """Interrupt a run, from whatever process of this machine."""
        run = self._instance.get_run_by_id(run_id)
        if run is None or run.is_finished:
            return False
        if PROCESS_TAG not in run.tags:
            return bool(super().terminate(run_id))  # type: ignore[no-untyped-call]  # so Dagster has it
        self._instance.report_run_canceling(run)
        if not _is_alive(run.tags[PROCESS_TAG]):
            self._instance.report_run_canceled(run)
            return False
        os.kill(_pid(run.tags[PROCESS_TAG]), signal.SIGINT)
        return True

    @property
    def supports_check_run_worker_health(self) -> bool:
        """Yes: a run whose process is gone is found by Dagster's monitoring, after a restart too."""
        return True

    def check_run_worker_health(self, run: DagsterRun) -> CheckRunHealthResult:
        """Whether the process of a run is there; one that Dagster launched itself is left to Dagster."""
        identity = run.tags.get(PROCESS_TAG)
        if identity is None or _is_alive(identity):
            return CheckRunHealthResult(WorkerStatus.RUNNING)
        return CheckRunHealthResult(WorkerStatus.FAILED, f"process {_pid(identity)} of the run is gone")

    def dispose(self) -> None:
        """Let the process that waits go."""
        self._is_disposed = True
        with self._lock:
            waiting, self._waiting = self._waiting, None
        if waiting:
            waiting[1].close()


def _start() -> tuple[ForkServerProcess, Connection]:
    context = get_context("forkserver")
    context.set_forkserver_preload([_PRELOADED])
    answers, requests = context.Pipe(duplex=False)
    process = context.Process(target=wait_for_run, args=(answers,))
    process.start()
    answers.close()
    # At its exit this process waits for its children, and this child waits for the other end of the pipe.
    atexit.register(requests.close)
    return process, requests


def _identity(pid: int | None) -> str:
    """Tells a process from a later one with the same id."""
    return f"{pid}@{psutil.Process(pid).create_time()}"


def _pid(identity: str) -> int:
    return int(identity.partition("@")[0])


def _is_alive(identity: str) -> bool:
    try:
        process = psutil.Process(_pid(identity))
        return process.status() != psutil.STATUS_ZOMBIE and _identity(process.pid) == identity
    except psutil.NoSuchProcess:
        return False
