"""Contestants in turns: A B C, A B C, ..., so that what else the machine does hits all of them alike."""

from __future__ import annotations

import math
import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from benchmarks.machine import machine_line
from benchmarks.options import Options
from benchmarks.process import Facts, ProcessError, Run, run_process
from benchmarks.results import Result, StepResult, summarise

__all__ = ["PROCESS", "Command", "Contestant", "Step", "contest", "contests"]

Command = tuple[str, ...]

PROCESS = ("cpu_s", "wall_s", "peak_rss_mb")
"""What is measured of every process."""

_TOLERANCE = 1e-9


@dataclass(frozen=True)
class Contestant:
    """One tool doing one step.

    Args:
        name: Short, unique in the step.
        does: What it does and what it leaves out, for the table.
        folder: Its working directory, emptied before each run.
        argv: The measured command.
        prepare: Commands run before each run, not measured.
        check: A command that prints the facts of the output as JSON.
        env: Environment variables for all of them, added to those of the harness.
        excused: Facts that may differ from the truth, because `does` says why.
    """

    name: str
    does: str
    folder: Path
    argv: Command
    prepare: tuple[Command, ...] = ()
    check: Command = ()
    env: Mapping[str, str] = field(default_factory=dict)
    excused: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Step:
    """Contestants that do the same work.

    Args:
        workload: Such as `W1`.
        name: Unique in the workload.
        title: The heading of its table.
        about: One line on the data.
        contestants: The first one is the baseline of the ratios.
        truth: Facts that every output must have.
        agree: Facts in which every output must agree with the baseline's; without a baseline none does.
        shown: Measures and facts that get a column in the table.
        warms_up: Whether a round that does not count goes first.
    """

    workload: str
    name: str
    title: str
    about: str
    contestants: tuple[Contestant, ...]
    truth: Facts = field(default_factory=dict)
    agree: tuple[str, ...] = ()
    shown: tuple[str, ...] = PROCESS
    warms_up: bool = True

    def only(self, words: Sequence[str]) -> Step | None:
        """This step with the contestants that hold one of the words in `step:name`, and its baseline.

        Returns:
            The step; None when there is no such contestant. Without words, all of it.
        """
        chosen = [one for one in self.contestants if any(word in f"{self.name}:{one.name}" for word in words)]
        kept = [one for one in self.contestants if one in (self.contestants[0], *chosen)]
        return (replace(self, contestants=tuple(kept)) if chosen else None) if words else self


@dataclass
class _Entry:
    contestant: Contestant
    runs: list[Run] = field(default_factory=list)
    facts: Facts = field(default_factory=dict)
    wrong: str = ""

    def run(self, truth: Facts, *, is_warm_up: bool) -> None:
        try:
            run = _run(self.contestant)
            print(f"{self.contestant.name}: {run}", file=sys.stderr)
            if not is_warm_up:
                self.runs.append(run)
            if self.contestant.check and not self.facts:
                self.facts = _process(self.contestant, self.contestant.check).facts
                self.wrong = _judge(self.facts, truth, self.contestant.excused)
        except ProcessError as error:
            print(f"{self.contestant.name}: {error}", file=sys.stderr)
            self.wrong = f"it ended with exit code {error.exit_code}"

    def result(self, baseline: Sequence[Run]) -> Result:
        found = Result(self.contestant.name, self.contestant.does, facts=self.facts, wrong=self.wrong)
        if self.wrong:
            return found
        measures, ratios = summarise(self.runs, baseline)
        return replace(found, measures=measures, ratios=ratios)


def contests(steps: Iterable[Step], options: Options) -> Iterator[StepResult]:
    """Hold the contests of a workload, one after the other; steps in which nobody was chosen are left out."""
    for step in steps:
        if chosen := step.only(options.only):
            yield contest(chosen, options.runs)


def contest(step: Step, runs: int) -> StepResult:
    """Hold the counted rounds, with one to warm up before them; the output of the first round is checked.

    A contestant that fails, or whose output is wrong, leaves the contest; the others go on.
    """
    entries = [_Entry(contestant) for contestant in step.contestants]
    first = entries[0]
    for round_number in range(0 if step.warms_up else 1, runs + 1):
        for entry in entries:
            others = {} if entry is first else {name: first.facts.get(name, math.nan) for name in step.agree}
            if not entry.wrong:
                print(
                    f"{step.workload} {step.name} {round_number}/{runs}", end=" ", file=sys.stderr, flush=True
                )
                entry.run(step.truth | others, is_warm_up=round_number == 0)
    baseline = [] if first.wrong else first.runs
    results = tuple(entry.result(baseline) for entry in entries)
    about = f"{step.about}; medians of {runs} runs"
    return StepResult(step.workload, step.name, step.title, about, machine_line(), step.shown, results)


def _run(contestant: Contestant) -> Run:
    shutil.rmtree(contestant.folder, ignore_errors=True)
    contestant.folder.mkdir(parents=True)
    for command in contestant.prepare:
        _process(contestant, command)
    os.sync()  # what the last one left to be written is not charged to the next one
    return _process(contestant, contestant.argv)


def _process(contestant: Contestant, command: Command) -> Run:
    return run_process(command, contestant.folder, contestant.env)


def _judge(facts: Facts, truth: Facts, excused: frozenset[str]) -> str:
    """What is wrong with an output; empty when nothing is."""
    wrong = [
        f"{name} is {facts.get(name, math.nan):,g}, expected {expected:,g}"
        for name, expected in truth.items()
        if name not in excused and not math.isclose(facts.get(name, math.nan), expected, rel_tol=_TOLERANCE)
    ]
    return "; ".join(wrong)
