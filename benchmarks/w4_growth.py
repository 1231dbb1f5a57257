"""How the cost of an increment grows: the figures of W4 with most rows or history over those with least."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from benchmarks.process import Facts
from benchmarks.results import Result, StepResult

__all__ = ["growth"]

_SHOWN = ("rows_work_cpu_s", "rows_work_s", "commits_work_cpu_s", "commits_work_s")
_DIGITS = 2


def growth(found: Mapping[str, StepResult]) -> StepResult:
    """The growth of each contestant.

    Args:
        found: Steps by name, `rows-...` and `commits-...`, each kind from the smallest to the largest.
    """
    first = next(iter(found.values()))
    kinds = {
        kind: [step for name, step in found.items() if name.startswith(kind)] for kind in ("rows", "commits")
    }
    results = tuple(
        Result(result.name, result.does, facts=_factors(kinds, result.name), wrong=result.wrong)
        for result in first.results
    )
    about = "medians, most rows over fewest and most commits over fewest"
    return replace(first, name="growth", title="Growth", about=about, shown=_SHOWN, results=results)


def _factors(kinds: Mapping[str, list[StepResult]], name: str) -> Facts:
    factors = {}
    for kind, steps in kinds.items():
        medians = [result.measures for step in steps for result in step.results if result.name == name]
        for measure in ("work_cpu_s", "work_s"):
            if len(medians) > 1 and all(measure in each for each in medians):
                ratio = medians[-1][measure].median / medians[0][measure].median
                factors[f"{kind}_{measure}"] = round(ratio, _DIGITS)
    return factors
