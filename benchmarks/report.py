"""Tables of results for people: Markdown, one section per workload in docs/performance.md."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from benchmarks.results import Result, Spread, StepResult, load, load_all
from benchmarks.summary import summarised

__all__ = ["publish", "step_table"]

_ROOT = Path(__file__).parents[1]
_PAGE = _ROOT / "docs" / "performance.md"
_README = _ROOT / "README.md"
_INTRODUCTION = """# Performance

Measured by `make bench`, which writes this page. Each contestant is a process of its own, run in turns with
the others after one round to warm up; a figure is the median of the counted runs, with the least and the most
in brackets. Ratios are taken round by round against the first line of the table. The output of each
contestant is checked; one that does less than the others says so.
"""
_HEADINGS = {
    "cpu_s": "CPU s",
    "wall_s": "wall s",
    "peak_rss_mb": "peak MB",
    "work_cpu_s": "work alone, CPU s",
    "work_s": "work alone, wall s",
    "rows_work_cpu_s": "CPU of the work, by rows",
    "rows_work_s": "wall of the work, by rows",
    "commits_work_cpu_s": "CPU of the work, by commits",
    "commits_work_s": "wall of the work, by commits",
    "served_again": "pages served twice",
    "raw_pages": "raw pages kept",
    "first_wave_s": "first wave, s",
    "last_wave_s": "last wave, s",
    "nothing_new_s": "nothing new, s",
    "new_files_s": "new files, s",
    "ready_s": "start to first rows, s",
    "p50_s": "p50, s",
    "p95_s": "p95, s",
    "worst_s": "worst, s",
}
_RATIOS = ("cpu_s", "wall_s")


def publish(workload: str, title: str) -> None:
    """Write the section of a workload into the page, and the README's table anew; the rest of both stays."""
    page = _PAGE.read_text() if _PAGE.exists() else _INTRODUCTION
    begin, end = f"<!-- {workload} begin -->", f"<!-- {workload} end -->"
    before, _, rest = page.partition(begin)
    after = rest.partition(end)[2].strip()
    _PAGE.parent.mkdir(exist_ok=True)
    _PAGE.write_text(
        "\n\n".join(filter(None, [before.strip(), begin, _section(workload, title), end, after])) + "\n"
    )
    summarised(_README, load_all())


def _section(workload: str, title: str) -> str:
    steps = load(workload)
    machines = [f"On {machine}." for machine in dict.fromkeys(step.machine for step in steps)]
    return "\n\n".join([f"## {workload}: {title}", *machines, *map(step_table, steps)])


def step_table(step: StepResult) -> str:
    """The heading, the line about the data and the table of a step."""
    columns = step.shown
    ratios = [name for name in _RATIOS if name in columns]
    heads = [
        "",
        *(_heading(name) for name in columns),
        *(f"{_heading(name)[:-2]} ratio" for name in ratios),
        "does",
    ]
    rows = [_row(result, columns, ratios) for result in step.results]
    lines = [heads, ["---", *["--:"] * (len(heads) - 2), "---"], *rows]
    body = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return f"### {step.title}\n\n{step.about}.\n\n{body}"


def _heading(name: str) -> str:
    return _HEADINGS.get(name, name.replace("_mb", ", MB").replace("_", " "))


def _row(result: Result, columns: Sequence[str], ratios: list[str]) -> list[str]:
    if result.wrong:
        return [
            result.name,
            *["-"] * (len(columns) + len(ratios)),
            f"no result: {result.wrong}".replace("|", "/"),
        ]
    cells = [_cell(result, name) for name in columns]
    return [result.name, *cells, *(_plain(result.ratios.get(name)) for name in ratios), result.does]


def _cell(result: Result, name: str) -> str:
    found = result.measures.get(name)
    return _plain(result.facts.get(name)) if found is None else _spread(found)


def _spread(spread: Spread) -> str:
    return f"{_number(spread.median)} ({_number(spread.low)}-{_number(spread.high)})"


def _plain(value: float | None) -> str:
    return "-" if value is None else _number(value)


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.2f}"  # noqa: PLR2004 - three digits are enough
