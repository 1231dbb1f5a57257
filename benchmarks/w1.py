"""W1, bulk: TPC-H files through all zones, step by step and as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.contestants import lake_project
from benchmarks.environments import cache, script
from benchmarks.harness import PROCESS, Contestant, Step, contests
from benchmarks.options import Options
from benchmarks.process import Facts, run_process
from benchmarks.results import StepResult
from benchmarks.tpch_data import TpchData, tpch_data
from benchmarks.w1_contests import CONTESTS, PRODUCT, Contest, Entry

__all__ = ["TITLE", "run"]

TITLE = "bulk, TPC-H files through all zones"


def run(options: Options) -> Iterator[StepResult]:
    """Hold the contests of W1 at a scale."""
    return contests(_steps(options), options)


def _steps(options: Options) -> Iterator[Step]:
    data = tpch_data(options.scale)
    reference = _reference(data)
    for contest in CONTESTS:
        source = reference if contest.before else data.folder
        yield Step(
            workload="W1",
            name=contest.name,
            title=contest.title,
            about=data.about,
            contestants=tuple(_contestant(contest, entry, source, data.folder) for entry in contest.entries),
            truth=_truth(data.truth, contest.zones),
            agree=contest.agree,
            shown=(*PROCESS, f"{contest.zones[0]}_mb"),
        )


def _reference(data: TpchData) -> Path:
    """A folder with all zones, made by the hand-written Polars chain: the input of the later steps."""
    folder = data.folder / "reference"
    if not (folder / "exploitation").exists():
        folder.mkdir(exist_ok=True)
        run_process(script("polars", "w1_polars", "chain", data.folder), folder)
    return folder


def _contestant(contest: Contest, entry: Entry, source: Path, data: Path) -> Contestant:
    folder = cache() / "runs" / f"W1-{contest.name}-{entry.name.replace(':', '-')}"
    check = script("product", "w1_check", *contest.zones)
    excused = frozenset(entry.excused)
    if entry.tool == PRODUCT:
        env = lake_project.environment(folder)
        project = script("product", "lake_project", data, *contest.tables)
        before = [script("product", "w1_lake", step) for step in contest.before]
        argv = lake_project.ingest() if entry.step == "chain" else script("product", "w1_lake", entry.step)
        return Contestant(entry.name, entry.does, folder, argv, (project, *before), check, env, excused)
    argv = script(entry.tool, f"w1_{entry.tool}", entry.step, source)
    return Contestant(entry.name, entry.does, folder, argv, check=check, excused=excused)


def _truth(truth: Facts, zones: tuple[str, ...]) -> Facts:
    facts = {
        "formatted": {"formatted_rows": truth["rows"], "formatted_quantity": truth["quantity"]},
        "trusted": {"trusted_rows": truth["trusted_rows"], "trusted_quantity": truth["trusted_quantity"]},
        "quarantine": {"quarantined": truth["quarantined"]},
    }
    return {name: value for zone in zones for name, value in facts.get(zone, {}).items()}
