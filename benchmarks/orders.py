"""Contests over formatted orders: what W7 and W10 have in common."""

from __future__ import annotations

import shutil
from pathlib import Path

from benchmarks.environments import cache, script
from benchmarks.harness import Contestant
from benchmarks.process import run_process

__all__ = ["built_orders", "orders_contestant"]

_PARTS = ("defs", "formatted", "persistent_landing", "governance")


def built_orders(workload: str, rows: int) -> Path:
    """The folder with the formatted orders of a workload, made at first use."""
    folder = cache() / workload / f"orders-{rows}"
    if not (folder / "built").exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        run_process(script("product", f"{workload.lower()}_lake", "build", str(rows)), folder)
        (folder / "built").touch()
    return folder


def orders_contestant(
    workload: str, built: Path, name: str, environment: str, work: str, does: str, excused: tuple[str, ...]
) -> Contestant:
    """A contestant that makes the trusted table of the formatted orders.

    Args:
        workload: Such as `W7`; its contestants are `w7_lake` for the product, else `w7_` and the environment.
        built: What `built_orders` gave; the product works on a linked copy, the others read it.
        name: Unique in the step.
        environment: Whose interpreter runs it.
        work: What it is told to do.
        does: What that is, for the table.
        excused: Facts that may differ from the truth.
    """
    folder, stem = cache() / "runs" / f"{workload}-{name.replace(':', '-')}", workload.lower()
    check = script("product", f"{stem}_check")
    if environment != "product":
        argv = script(environment, f"{stem}_{environment}", work, built)
        return Contestant(name, does, folder, argv, check=check, excused=frozenset(excused))
    copied = ("cp", "--recursive", "--link", *(str(built / part) for part in _PARTS), ".")
    argv = script("product", f"{stem}_lake", work)
    return Contestant(name, does, folder, argv, prepare=(copied,), check=check, excused=frozenset(excused))
