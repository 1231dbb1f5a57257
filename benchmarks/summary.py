"""The README's table: one line for each step that the lake shares with others, newest figures."""

from __future__ import annotations

from pathlib import Path

from benchmarks.results import Result, StepResult

__all__ = ["summarised", "table"]

_BEGIN, _END = "<!-- figures begin -->", "<!-- figures end -->"
_OURS = "lake_assets"
_MEASURES = ("p50_s", "cpu_s")


def summarised(page: Path, steps: list[StepResult]) -> None:
    """Write the table between its marks in a page; the rest of the page stays."""
    before, _, rest = page.read_text().partition(_BEGIN)
    after = rest.partition(_END)[2]
    page.write_text(f"{before}{_BEGIN}\n\n{table(steps)}\n\n{_END}{after}")


def table(steps: list[StepResult]) -> str:
    """A line for each step that measures CPU or waiting and in which the lake came out right, the machine under it.

    Returns:
        Markdown: the step, the lake's figure, those of the others by name, least first.
    """
    shared = [(step, ours) for step in steps if _measure(step) and (ours := _ours(step))]
    lines = ["| what | lake_assets | others |", "| --- | --: | --- |"]
    lines += [_line(step, ours) for step, ours in shared]
    machines = dict.fromkeys(step.machine.partition(";")[0] for step, _ in shared)
    return "\n".join([*lines, "", *(f"On {machine}." for machine in machines)])


def _line(step: StepResult, ours: Result) -> str:
    unit = "CPU s" if _measure(step) == "cpu_s" else "s, median wait"
    others = sorted(
        (one for one in step.results if one is not ours and not one.wrong), key=lambda one: _of(one, step)
    )
    told = ", ".join(f"{one.name} {_of(one, step):,.2f}" for one in others)
    return f"| {step.workload} {step.title} | {_of(ours, step):,.2f} {unit} | {told} |"


def _ours(step: StepResult) -> Result | None:
    return next((one for one in step.results if one.name == _OURS and not one.wrong), None)


def _of(result: Result, step: StepResult) -> float:
    return result.measures[_measure(step)].median


def _measure(step: StepResult) -> str:
    return next((name for name in _MEASURES if name in step.shown), "")
