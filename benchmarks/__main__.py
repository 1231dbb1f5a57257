"""Runs workloads and prints their tables; at full scale keeps them and publishes them in docs/performance.md."""

from __future__ import annotations

import argparse
import importlib
import sys
from pathlib import Path

from benchmarks.options import Options
from benchmarks.report import publish, step_table
from benchmarks.results import save


def main() -> int:
    """Run the chosen workloads, all of them when none is named.

    Returns:
        The exit code: 1 when a contestant failed or left a wrong output.
    """
    files = (
        file for digits in ("[0-9]", "[0-9][0-9]") for file in Path(__file__).parent.glob(f"w{digits}.py")
    )
    known = sorted((file.stem.upper() for file in files), key=lambda name: int(name[1:]))
    chosen = _arguments(known)
    options = Options(chosen.scale, chosen.runs, tuple(chosen.only))
    wrong = 0
    for name in chosen.workloads or known:
        workload = importlib.import_module(f"benchmarks.{name.lower()}")
        for step in workload.run(options):
            print(step_table(step) + "\n", flush=True)
            wrong += any(result.wrong for result in step.results)
            if options.are_published:
                save(step)
        if options.are_published:
            publish(name, workload.TITLE)
    return 1 if wrong else 0


def _arguments(known: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "workloads", nargs="*", type=str.upper, help=f"some of {', '.join(known)}; all if none"
    )
    parser.add_argument("--scale", type=float, default=1.0, help="1 is the published size")
    parser.add_argument("--runs", type=int, default=5, help="counted runs, after one to warm up")
    parser.add_argument(
        "--only", nargs="+", default=[], help="contestants whose step:name holds one of the words"
    )
    chosen = parser.parse_args()
    if unknown := set(chosen.workloads) - set(known):
        parser.error(f"no workload {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    return chosen


if __name__ == "__main__":
    sys.exit(main())
