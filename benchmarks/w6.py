"""W6, start: what a lake of many sources costs before anything runs, and the command line its answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.environments import cache, product_python, script
from benchmarks.harness import Contestant, Step, contests
from benchmarks.options import Options
from benchmarks.results import StepResult

__all__ = ["TITLE", "run"]

TITLE = "start, a thousand sources of four assets each"

_SOURCES = 1_000
_ENTRIES = (
    ("folders", "a component folder for each source, as Dagster loads them"),
    ("list", "one `lake_assets.Sources` component with all sources in one file"),
    ("declared", "a folder for each source, loaded by `LAKE_DEFS` without the component machinery"),
)
_SHOWN = ("cpu_s", "wall_s", "peak_rss_mb", "work_s")


def run(options: Options) -> Iterator[StepResult]:
    """Hold the contests of W6."""
    count = max(2, round(_SOURCES * options.scale))
    yield from contests([_definitions(count), _snapshot(count), _command_line()], options)


def _definitions(count: int) -> Step:
    contestants = tuple(_loader(name, does, "load", count) for name, does in _ENTRIES)
    about = f"{count:,} sources, each a CSV file with a key and two rules"
    return Step("W6", "definitions", "Definitions loaded", about, contestants, shown=_SHOWN)


def _snapshot(count: int) -> Step:
    contestants = tuple(_loader(name, does, "snapshot", count) for name, does in _ENTRIES)
    about = f"{count:,} sources; the definitions and the snapshot that the web server is given"
    return Step("W6", "snapshot", "Definitions and snapshot", about, contestants, shown=_SHOWN)


def _loader(name: str, does: str, work: str, count: int) -> Contestant:
    folder = cache() / "runs" / f"W6-{work}-{name}"
    environment = {
        "PYTHONPATH": str(folder),
        "LAKE_DEFS": str(folder / "defs") if name == "declared" else "",
    }
    written = script("product", "w6_project", name, str(count))
    return Contestant(
        name, does, folder, script("product", "w6_load", work), prepare=(written,), env=environment
    )


def _command_line() -> Step:
    lake = str(Path(product_python()).with_name("lake"))
    python = Contestant(
        "python",
        "an interpreter that does nothing",
        cache() / "runs" / "W6-python",
        (product_python(), "-c", ""),
    )
    shown = Contestant("lake --help", "the commands", cache() / "runs" / "W6-help", (lake, "--help"))
    return Step("W6", "help", "The command line", "one command", (python, shown))
