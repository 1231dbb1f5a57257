"""nst/JSONTestSuite: documents that a parser must accept (y), must refuse (n) or may do either with (i)."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.corpus import Case, Corpus, Judged, Outcome, Read, read_as_a_zone
from lake_assets.errors import DecodeError

__all__ = ["CORPUS"]

_GROUPS = {"y": "y: to be read", "n": "n: to be refused", "i": "i: either"}


def _cases(folder: Path) -> list[Case]:
    files = sorted((folder / "test_parsing").glob("*.json"))
    return [Case(path.name, path, _GROUPS[path.name[0]]) for path in files]


def _judge(case: Case) -> Judged:
    try:
        read = read_as_a_zone("json", case)
    except DecodeError as error:
        return _refused(case, error)
    reason = _loss(case, read)
    return Judged(case.name, case.group, Outcome.LOST if reason else read.outcome, reason)


def _refused(case: Case, error: DecodeError) -> Judged:
    """A document that is JSON may be refused only because it holds no records."""
    is_right = not case.name.startswith("y") or "not JSON" not in error.what
    return Judged(case.name, case.group, Outcome.REFUSED if is_right else Outcome.LOST, error.what)


def _loss(case: Case, read: Read) -> str:
    if case.name.startswith("n") and read.frame.height and not read.decoded.decision.get("constants"):
        return "read, though it is no JSON"
    if not case.name.startswith("y"):
        return ""
    document = json.loads(case.path.read_text())
    records = document if isinstance(document, list) else [document]
    told = len(read.decoded.bad_records) + read.frame.height
    if told != len(records):
        return f"{told} of {len(records)} records are rows or bad records"
    rows = read.frame.to_dicts()
    return next((f"row {row} differs" for row in rows if not _holds(row, records[row["_row"] - 1])), "")


def _holds(row: dict[str, object], record: dict[str, object]) -> bool:
    return all(
        row.get(name) in {value, str(value)} or row.get(name) == value for name, value in _plain(record)
    )


def _plain(record: dict[str, object]) -> list[tuple[str, object]]:
    return [(name, value) for name, value in record.items() if isinstance(value, str | int | float)]


CORPUS = Corpus(_cases, _judge)
