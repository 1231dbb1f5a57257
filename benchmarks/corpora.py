"""Public corpora of difficult files through our decoders: `python -m benchmarks.corpora KIND FOLDER`.

KIND is one of `pollock`, `pollock-bare` (nothing is declared of any file), `json`, `csv-spectrum` and `parquet`;
FOLDER is a checkout of HPI-Information-Systems/Pollock, nst/JSONTestSuite, max-mapper/csv-spectrum or
apache/parquet-testing. Each file is decoded in a process of its own, as the formatted zone does it. Of each it is told
whether it was

- accepted: every record is a row;
- quarantined: every record is a row or a bad record that is told;
- refused: the file as a whole is told to be bad;
- lost: a record or a value is missing and nothing told so, or something was read that is not there;
- died: the process that decoded it ended.

The exit code is 1 when any file was lost or a process died.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from benchmarks.corpus import Case, Corpus, Judged, Outcome

__all__ = ["judge_all"]

_KINDS = {
    "pollock": ("pollock", "CORPUS"),
    "pollock-bare": ("pollock", "BARE"),
    "json": ("json_suite", "CORPUS"),
    "csv-spectrum": ("csv_spectrum", "CORPUS"),
    "parquet": ("parquet_testing", "CORPUS"),
}
_FATAL = {Outcome.LOST, Outcome.DIED}


def main() -> int:
    """Judge all files of a corpus and print the table.

    Returns:
        The exit code: 1 when a file was lost or a process died.
    """
    parser = argparse.ArgumentParser(prog="python -m benchmarks.corpora", description=__doc__)
    parser.add_argument("kind", choices=sorted(_KINDS))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--list", nargs="*", default=["lost", "died"], help="outcomes whose files are listed")
    chosen = parser.parse_args()
    module, name = _KINDS[chosen.kind]
    corpus: Corpus = getattr(importlib.import_module(f"benchmarks.corpora_of.{module}"), name)
    judged = judge_all(corpus, corpus.cases(chosen.folder))
    for each in judged:
        if each.outcome in chosen.list:
            print(f"{each.outcome:12} {each.name}: {each.reason}")
    print(_table(judged))
    print(corpus.score(judged, chosen.folder))
    return int(any(each.outcome in _FATAL for each in judged))


def judge_all(corpus: Corpus, cases: list[Case]) -> list[Judged]:
    """Judge one case after the other in another process; when that dies, the next one gets a new one."""
    judged: list[Judged] = []
    while len(judged) < len(cases):
        with ProcessPoolExecutor(1) as pool:
            try:
                judged += pool.map(corpus.judge, cases[len(judged) :])
            except BrokenProcessPool:
                judged += _one_by_one(corpus, cases[len(judged) :])
    return judged


def _one_by_one(corpus: Corpus, cases: list[Case]) -> list[Judged]:
    """The cases up to the first that ends the process."""
    judged: list[Judged] = []
    for case in cases:
        with ProcessPoolExecutor(1) as pool:
            try:
                judged.append(pool.submit(corpus.judge, case).result())
            except BrokenProcessPool:
                return [*judged, Judged(case.name, case.group, Outcome.DIED, "the process ended")]
    return judged


def _table(judged: list[Judged]) -> str:
    groups = sorted({each.group for each in judged})
    counts = Counter((each.group, each.outcome) for each in judged)
    lines = ["| files | " + " | ".join(Outcome) + " |", "| --- " + "| --: " * len(Outcome) + "|"]
    for group in [*groups, "all"]:
        cells = [
            sum(count for (of, outcome), count in counts.items() if outcome is each and group in {of, "all"})
            for each in Outcome
        ]
        lines.append(f"| {group} | " + " | ".join(map(str, cells)) + " |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
