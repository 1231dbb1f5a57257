"""W2, file storm: thousands of small files at once, in waves, and beside a million that are known."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.contestants import lake_project
from benchmarks.environments import cache, script
from benchmarks.harness import PROCESS, Command, Contestant, Step, contests
from benchmarks.options import Options
from benchmarks.results import StepResult
from benchmarks.storm_data import WAVES, StormData, storm_data

__all__ = ["TITLE", "run"]

TITLE = "file storm, thousands of small files"

_FILES = 10_000
_KNOWN = 1_000_000
_NEW = 10
_ENTRIES = (
    (
        "dlt",
        "`filesystem`, a reader by hand that passes over corrupt files, merged by key; no rules, nothing kept raw",
    ),
    (
        "floe",
        "two contracts, columns that all files have, upserted by key; unparsable rows rejected; nothing kept raw",
    ),
    (
        "lake_assets",
        "`lake ingest`: raw files kept and synced, file and row, rules, quarantine, upserted by key; all recorded",
    ),
)


def run(options: Options) -> Iterator[StepResult]:
    """Hold the contests of W2; the scale shrinks the number of files."""
    data = storm_data(max(200, round(_FILES * options.scale)))
    known = max(1_000, round(_KNOWN * options.scale))
    yield from contests([_tick(data), _waves(data), _registry(known)], options)


def _tick(data: StormData) -> Step:
    contestants = tuple(_contestant("tick", name, does, data, _command(name)) for name, does in _ENTRIES)
    truth = {name: data.truth[name] for name in ("rows", "amount")}
    shown = (*PROCESS, "set_aside", "data_files")
    return Step("W2", "tick", "All files at once", data.about, contestants, truth, shown=shown)


def _waves(data: StormData) -> Step:
    contestants = tuple(
        _contestant(
            "waves", name, does, data, script("product", "w2_waves", data.folder / "waves", *_command(name))
        )
        for name, does in _ENTRIES
    )
    truth = {name: data.truth[name] for name in ("rows", "amount")}
    about = f"{data.about}; a process for each of {WAVES} waves"
    shown = (*PROCESS, "first_wave_s", "last_wave_s", "set_aside", "data_files")
    return Step("W2", "waves", "Wave by wave", about, contestants, truth, shown=shown, warms_up=False)


def _command(tool: str) -> Command:
    return lake_project.ingest() if tool == "lake_assets" else script(tool, f"w2_{tool}", "take_in", "inbox")


def _contestant(step: str, name: str, does: str, data: StormData, argv: Command) -> Contestant:
    folder = cache() / "runs" / f"W2-{step}-{name}"
    filled = data.folder / "all" if step == "tick" else ""
    prepare = (script("product", "w2_project", filled),)
    env = lake_project.environment(folder)
    return Contestant(name, does, folder, argv, prepare, script("product", "w2_check"), env)


def _registry(known: int) -> Step:
    contestants = tuple(
        Contestant(
            f"{count:,} known",
            f"a tick, and one that takes in {_NEW} files, in a process that has imported everything",
            folder := cache() / "runs" / f"W2-registry-{count}",
            script("product", "w2_registry", "tick", str(_NEW)),
            (script("product", "w2_project", ""), script("product", "w2_registry", "fill", str(count))),
            env=lake_project.environment(folder),
        )
        for count in (1_000, known)
    )
    about = "files that were taken in and moved away, in 100 commits"
    shown = ("nothing_new_s", "new_files_s", "peak_rss_mb")
    return Step(
        "W2", "registry", "A tick beside what is known", about, contestants, shown=shown, warms_up=False
    )
