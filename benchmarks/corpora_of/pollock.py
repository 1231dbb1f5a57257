"""HPI-Information-Systems/Pollock: one CSV file polluted in 2,290 ways, with the parameters to read each.

Scores as `pollock/metrics.py` and `evaluate.py` of that repository define them: of each file whether it was read at
all, and precision, recall and F1 of header, records and cells against the clean file; the sum of their means is the
simple score, of their means by the weights in `pollock_weights.json` the weighted one; ten is all. That code first
brings dates, prices and numbers of both files into one form; here they are compared as they stand, which can only
lower the score.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from itertools import chain
from pathlib import Path

from benchmarks.corpus import Case, Corpus, Judged, Outcome, Read, read_as_a_zone
from lake_assets.errors import DecodeError, LakeError
from lake_assets.model import Options

__all__ = ["BARE", "CORPUS"]

_MEASURES = 10
_QUOTING = str.maketrans("", "", "\"'\\")
_GROUP = re.compile(r"(row_less|row_more|row_extra_quote|row_field_delimiter)?")


def _cases(folder: Path) -> list[Case]:
    return [Case(path.name, path, _group(path.name), _options(path)) for path in _files(folder)]


def _bare_cases(folder: Path) -> list[Case]:
    return [Case(path.name, path, _group(path.name)) for path in _files(folder)]


def _files(folder: Path) -> list[Path]:
    return sorted((folder / "polluted_files" / "csv").glob("*.csv"))


def _group(name: str) -> str:
    found = _GROUP.match(name)
    return found[0] if found and found[0] else "file"


def _options(path: Path) -> Options:
    """What the corpus says of a file, as a dataset declares it."""
    said = json.loads((path.parents[1] / "parameters" / f"{path.name}_parameters.json").read_text())
    separator, quote, escape = said["delimiter"] or ",", said["quotechar"] or '"', said["escapechar"]
    options: Options = {
        "separator": separator,
        "quote": quote,
        "escape": "" if escape == quote else escape,
        "preamble": int(said["preamble_lines"]),
        "header": int(said["header_lines"]),
        "footer": int(said["footnote_lines"]),
    }
    if said["header_lines"] == 1 and said["column_names"]:
        options["columns"] = said["column_names"]
    if said["encoding"] not in {"ascii", "utf-8"}:
        options["encoding"] = said["encoding"]
    return options


def _judge(case: Case) -> Judged:
    clean = _clean(case.path)
    try:
        read = read_as_a_zone("csv", case)
    except LakeError as error:
        if isinstance(error, DecodeError) and "empty" in error.what and not clean:
            return Judged(case.name, case.group, Outcome.ACCEPTED, measures=(1.0,) * _MEASURES)
        return Judged(case.name, case.group, Outcome.REFUSED, error.what, (0.0,) * _MEASURES)
    measures = (1.0, *_measures(clean, _table(read)))
    lost = _lost(clean, read, str(read.decoded.decision["separator"]))
    reason = f"nowhere: {lost[0]}" if lost else ""
    return Judged(case.name, case.group, Outcome.LOST if lost else read.outcome, reason, measures)


def _lost(clean: list[list[str]], read: Read, separator: str) -> list[str]:
    """The cells whose text is neither in the rows nor in the bad records, quotes and what escapes them left out.

    A cell that was cut where it holds a separator is not lost; it costs points.
    """
    frame = read.frame.drop("_row")
    told = [separator.join(value or "" for value in row) for row in [frame.columns, *frame.rows()]]
    text = "\n".join([*told, *(bad.raw for bad in read.decoded.bad_records)]).translate(_QUOTING)
    return [cell for row in clean[1:] for cell in row if cell.translate(_QUOTING) not in text]


def _clean(path: Path) -> list[list[str]]:
    with (path.parents[1] / "clean" / path.name).open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.reader(lines))


def _table(read: Read) -> list[list[str]]:
    """The header and the rows; names that we gave to the elements of a file without a header are none of it."""
    frame = read.frame.drop("_row")
    rows = [[value or "" for value in row] for row in frame.rows()]
    return rows if read.decoded.decision.get("header") == 0 else [list(frame.columns), *rows]


def _measures(clean: list[list[str]], found: list[list[str]]) -> tuple[float, ...]:
    if not clean:
        return (1.0,) * (_MEASURES - 1)
    header = _agreement(clean[0], found[0])
    records = _agreement(["".join(row) for row in clean[1:]], ["".join(row) for row in found[1:]])
    cells = _agreement(list(chain.from_iterable(clean)), list(chain.from_iterable(found)))
    return (*header, *records, *cells)


def _agreement(source: Sequence[str], loaded: Sequence[str]) -> tuple[float, float, float]:
    """Precision, recall and F1 of two multisets, by the names that the corpus gives them."""
    if not source:
        return 1.0, 1.0, 1.0
    common = (Counter(source) & Counter(loaded)).total()
    if not common:
        return 0.0, 0.0, 0.0
    precision, recall = common / len(source), common / len(loaded)
    return precision, recall, 2 * precision * recall / (precision + recall)


def _score(judged: list[Judged], folder: Path) -> str:
    weights = json.loads((folder / "pollock_weights.json").read_text())
    simple = _mean(judged, lambda _name: 1.0)
    weighted = _mean(judged, partial(weights.get))
    worst = sorted(judged, key=lambda each: sum(each.measures))[:40]
    lines = [f"{sum(each.measures):6.3f} {each.name} {each.reason}" for each in worst]
    return "\n".join([*lines, f"Pollock score, simple {simple:.3f}, weighted {weighted:.3f} of {_MEASURES}"])


def _mean(judged: list[Judged], weight: Callable[[str], float | None]) -> float:
    weights = [float(weight(each.name) or 0) for each in judged]
    points = [sum(each.measures) * share for each, share in zip(judged, weights, strict=True)]
    return sum(points) / sum(weights)


CORPUS = Corpus(_cases, _judge, _score)
BARE = Corpus(_bare_cases, _judge, _score)
"""The same files, of which nothing is declared."""
