"""max-mapper/csv-spectrum: small CSV files beside the records that they hold."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.corpus import Case, Corpus, Judged, Outcome, read_as_a_zone
from lake_assets.errors import DecodeError

__all__ = ["CORPUS"]

# Where the records that the corpus gives are not those of its own file.
_ERRATA = {"location_coordinates.csv": {"Contact Phone Number": "2095257564"}}


def _cases(folder: Path) -> list[Case]:
    return [Case(path.name, path) for path in sorted((folder / "csvs").glob("*.csv"))]


def _judge(case: Case) -> Judged:
    expected = json.loads((case.path.parents[1] / "json" / case.path.with_suffix(".json").name).read_text())
    if errata := _ERRATA.get(case.name):
        expected = [{**expected, **errata}]
    try:
        read = read_as_a_zone("csv", case)
    except DecodeError as error:
        return Judged(case.name, case.group, Outcome.REFUSED, error.what)
    found = [{name: value or "" for name, value in row.items()} for row in read.frame.drop("_row").to_dicts()]
    if found != expected and not read.decoded.bad_records:
        return Judged(case.name, case.group, Outcome.LOST, f"expected {expected}, found {found}")
    return Judged(case.name, case.group, read.outcome)


CORPUS = Corpus(_cases, _judge)
