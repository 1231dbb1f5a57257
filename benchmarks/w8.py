"""W8, questions: where a row comes from, in a lake of ten million rows out of a million files."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from benchmarks.contestants import lake_project
from benchmarks.environments import cache, product_python, script
from benchmarks.harness import Contestant, Step, contests
from benchmarks.options import Options
from benchmarks.process import run_process
from benchmarks.results import StepResult

__all__ = ["TITLE", "run"]

TITLE = "questions about one row of ten million, out of a million files"

_ROWS, _FILES = 10_000_000, 1_000_000
_SHOWN = ("cpu_s", "wall_s", "peak_rss_mb", "work_cpu_s")
_QUESTIONS = (
    ("row", "`lake trace` of a row of trusted by its key: rules, cleaning, mapping, commits, file, line"),
    ("place", "the same of a row of formatted"),
    ("total", "`lake trace` of a sum over one station of a thousand: its rows found, the sum made again"),
    ("why", "`lake why` of a row that was set aside: looked for in trusted, quarantine and formatted"),
    ("diff", "`lake diff` of the two newest versions"),
    ("history", "`lake history` of a hundred and one versions"),
)


def run(options: Options) -> Iterator[StepResult]:
    """Ask each question in a process of its own; the scale shrinks rows and files."""
    files = max(1_000, round(_FILES * options.scale))
    rows = files * (_ROWS // _FILES)
    built = _built(rows, files)
    lake = str(Path(product_python()).with_name("lake"))
    shown = Contestant(
        "lake show",
        "the table described: a process that opens the lake",
        cache() / "runs" / "W8-show",
        (lake, "show", "trusted.readings", "--rows", "1"),
        env=lake_project.environment(built),
    )
    asked = tuple(_contestant(built, name, does) for name, does in _QUESTIONS)
    about = f"{rows:,} rows of trusted in 101 commits, {files:,} files known; a process for each question"
    yield from contests([Step("W8", "questions", "Questions", about, (shown, *asked), shown=_SHOWN)], options)


def _contestant(built: Path, name: str, does: str) -> Contestant:
    folder = cache() / "runs" / f"W8-{name}"
    link = ("ln", "--symbolic", str(built), "lake")
    argv = ("sh", "-c", 'cd lake && exec "$@"', "sh", *script("product", "w8_lake", "ask", name))
    return Contestant(name, does, folder, argv, prepare=(link,))


def _built(rows: int, files: int) -> Path:
    """The lake of a size, made at first use; questions change nothing in it."""
    folder = cache() / "W8" / f"lake-{rows}"
    if not (folder / "built").exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        run_process(script("product", "w8_lake", "build", str(rows), str(files)), folder)
        (folder / "built").touch()
    return folder
