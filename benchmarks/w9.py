"""W9, search: how long one search of a large catalogue takes, from the start of the command to its end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.environments import cache, product_python, script
from benchmarks.harness import Contestant, Step, contests
from benchmarks.options import Options
from benchmarks.results import StepResult

__all__ = ["TITLE", "run"]

TITLE = "search, a catalogue of fifty thousand columns"

_COLUMNS = 50_000
_QUESTIONS = (
    ("one word", ("pressure",)),
    ("three words", ("valve", "pressure", "mean")),
    ("a misspelt word", ("presure", "valv")),
    ("a value", ("rotterdam",)),
    ("a common word", ("plant",)),
)


def run(options: Options) -> Iterator[StepResult]:
    """Hold the contests of W9."""
    count = max(200, round(_COLUMNS * options.scale))
    yield from contests([_searches(count), _refreshes(count)], options)


def _searches(count: int) -> Step:
    lake = str(Path(product_python()).with_name("lake"))
    alone = Contestant("lake --help", "the command line alone", _folder("help"), (lake, "--help"))
    asked = tuple(_asking(name, words, count) for name, words in _QUESTIONS)
    about = f"{count:,} columns in tables of 20, each described; `lake search` as a whole process"
    return Step("W9", "search", "One search", about, (alone, *asked))


def _asking(name: str, words: tuple[str, ...], count: int) -> Contestant:
    command, does = _command(count, *words), f"`lake search {' '.join(words)}`"
    return Contestant(name, does, _folder(name), command, prepare=(_made(count), command))


def _refreshes(count: int) -> Step:
    command, made = _command(count, "pressure"), _made(count)
    first = Contestant(
        "all",
        "the first search: everything is told anew",
        _folder("all"),
        command,
        prepare=(made, (*made, "forget")),
    )
    later = Contestant(
        "one table",
        "the search after a commit to one table",
        _folder("one"),
        command,
        prepare=(made, command, (*made, "commit")),
    )
    about = f"{count:,} columns; the index is brought up to the lake, then searched"
    return Step("W9", "refresh", "The search after a change", about, (first, later))


def _made(count: int) -> tuple[str, ...]:
    return script("product", "w9_catalogue", str(count), str(_catalogue(count)))


def _command(count: int, *words: str) -> tuple[str, ...]:
    lake, made = str(Path(product_python()).with_name("lake")), _catalogue(count)
    return (lake, "search", *words, "--root", str(made / "lake"), "--defs", str(made / "defs"))


def _catalogue(count: int) -> Path:
    return cache() / f"W9-{count}"


def _folder(name: str) -> Path:
    return cache() / "runs" / f"W9-{name.replace(' ', '-')}"
