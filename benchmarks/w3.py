"""W3, REST: pages of an API that fails now and then, pulled whole, after a kill, and from day to day."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.contestants import lake_project
from benchmarks.contestants.w3_server import SECRET, record_amount
from benchmarks.environments import cache, script
from benchmarks.harness import PROCESS, Command, Contestant, Step, contests
from benchmarks.options import Options
from benchmarks.process import Facts
from benchmarks.results import StepResult

__all__ = ["TITLE", "run"]

TITLE = "REST, pages of an API with faults"

_PAGES, _RECORDS = 2_000, 1_000
_SHARE_OF_A_DAY = 50
_ENTRIES = (
    ("dlt", "append", "rest_api, append to Delta; pages are not kept; load recorded"),
    ("dlt:merge", "merge", "the same, merged by key"),
    ("requests", "pull", "by hand: pages kept as files, Polars appends to Delta; no key, no rules"),
    (
        "lake_assets",
        "",
        "`lake ingest`: pages kept and synced, formatted with file and row, trusted by key; every step recorded",
    ),
)


def run(options: Options) -> Iterator[StepResult]:
    """Hold the contests of W3; the scale shrinks the number of pages."""
    pages = max(20, round(_PAGES * options.scale))
    return contests(_steps(pages), options)


def _steps(pages: int) -> Iterator[Step]:
    more = max(1, pages // _SHARE_OF_A_DAY)
    about = f"{pages:,} pages of {_RECORDS:,} records; 429, 503, cut answers, tokens that expire"
    yield Step(
        "W3",
        "pull",
        "All pages",
        about,
        tuple(_contestant("pull", *entry, pages) for entry in _ENTRIES),
        _truth(pages),
        shown=(*PROCESS, "served_again", "raw_pages"),
    )
    yield Step(
        "W3",
        "resume",
        "All pages, killed when half of them were asked for, and run again",
        about,
        tuple(_contestant("resume", *entry, pages) for entry in _ENTRIES),
        _truth(pages),
        shown=(*PROCESS, "served_again", "raw_pages"),
        warms_up=False,
    )
    yield Step(
        "W3",
        "increment",
        "The next day",
        f"{more:,} pages after {pages:,} that are there",
        tuple(_contestant("increment", *entry, pages, more) for entry in _ENTRIES),
        _truth(pages + more),
        shown=(*PROCESS, "served_again"),
    )


def _command(name: str, work: str) -> Command:
    tool = name.partition(":")[0]
    return script(tool, f"w3_{tool}", work, ".") if work else lake_project.ingest()


def _contestant(step: str, name: str, work: str, does: str, pages: int, more: int = 0) -> Contestant:
    command = _command(name, work)
    folder = cache() / "runs" / f"W3-{step}-{name.replace(':', '-')}"
    prepare = [script("product", "w3_server", "start", str(pages), str(_RECORDS))]
    env = {}
    if name == "lake_assets":
        prepare.append(script("product", "w3_project"))
        env = {**lake_project.environment(folder), "W3_SECRET": SECRET}
    if more:
        prepare += [command, script("product", "w3_server", "grow", str(more))]
    argv = script("product", "w3_kill", str(pages), *command) if step == "resume" else command
    return Contestant(name, does, folder, argv, tuple(prepare), script("product", "w3_check"), env)


def _truth(pages: int) -> Facts:
    rows = pages * _RECORDS
    amount = round(sum(map(record_amount, range(1, rows + 1))), 2)
    return {"rows": rows, "keys": rows, "amount": amount}
