"""What a benchmark found, and how it is kept: one JSON file per workload."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import TypeAdapter

from benchmarks.process import Facts, Run

__all__ = ["FOLDER", "Result", "Spread", "StepResult", "load", "load_all", "save", "summarise"]

FOLDER = Path(__file__).parent / "results"

_DIGITS = 4


@dataclass(frozen=True)
class Spread:
    """A measure over the counted runs: its median, its least and its most."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread:
        """The spread of at least one value.

        >>> Spread.of([3.0, 1.0, 2.0])
        Spread(median=2.0, low=1.0, high=3.0)
        """
        rounded = [round(value, _DIGITS) for value in (statistics.median(values), min(values), max(values))]
        return cls(*rounded)


@dataclass(frozen=True)
class Result:
    """How one contestant came out.

    Args:
        name: The contestant.
        does: What it does and what it leaves out.
        measures: Spread by name: `cpu_s`, `wall_s`, `peak_rss_mb`, and what the process measured itself.
        ratios: By measure, the median over the rounds of its figure divided by the baseline's.
        facts: What the check found in its output.
        wrong: Why it does not count; empty when its output is right.
    """

    name: str
    does: str
    measures: dict[str, Spread] = field(default_factory=dict)
    ratios: Facts = field(default_factory=dict)
    facts: Facts = field(default_factory=dict)
    wrong: str = ""


@dataclass(frozen=True)
class StepResult:
    """How one step came out; the first result is the baseline.

    Args:
        workload: Such as `W1`.
        name: Unique in the workload.
        title: The heading of its table.
        about: One line on the data and the number of runs.
        machine: One line on the machine and the versions of the tools.
        shown: Measures and facts that get a column, in order.
        results: One per contestant, in the order of the contest.
    """

    workload: str
    name: str
    title: str
    about: str
    machine: str
    shown: tuple[str, ...]
    results: tuple[Result, ...]


_STEPS = TypeAdapter(tuple[StepResult, ...])


def summarise(runs: Sequence[Run], baseline: Sequence[Run]) -> tuple[dict[str, Spread], Facts]:
    """The spreads of some runs, and their ratios to the runs of the baseline in the same rounds.

    Args:
        runs: At least one.
        baseline: As many, in the same rounds; empty when the baseline failed.
    """
    spreads = {name: Spread.of([run.measures[name] for run in runs]) for name in runs[0].measures}
    shared = [name for name in spreads if baseline and baseline[0].measures.get(name)]
    pairs = list(zip(runs, baseline, strict=True)) if baseline else []
    ratios = {
        name: _ratio([(ours.measures[name], theirs.measures[name]) for ours, theirs in pairs])
        for name in shared
    }
    return spreads, ratios


def _ratio(pairs: Sequence[tuple[float, float]]) -> float:
    return round(statistics.median(ours / theirs for ours, theirs in pairs), _DIGITS)


def save(found: StepResult) -> None:
    """Put a step into the file of its workload; other steps of the file stay."""
    steps = {step.name: step for step in load(found.workload)} | {found.name: found}
    FOLDER.mkdir(exist_ok=True)
    _file(found.workload).write_bytes(_STEPS.dump_json(tuple(steps.values()), indent=1) + b"\n")


def load(workload: str) -> tuple[StepResult, ...]:
    """The steps kept of a workload, in the order in which they were first run."""
    file = _file(workload)
    return _STEPS.validate_json(file.read_bytes()) if file.exists() else ()


def load_all() -> list[StepResult]:
    """The steps kept of all workloads, W1 first."""
    files = sorted(FOLDER.glob("w*.json"), key=lambda file: int(file.stem[1:]))
    return [step for file in files for step in load(file.stem)]


def _file(workload: str) -> Path:
    return FOLDER / f"{workload.lower()}.json"
