"""Spoils one row in a hundred of a lineitem file, by a seed, and keeps the truth about it."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from benchmarks.process import Facts

__all__ = ["KINDS", "spoil"]

_CELLS: dict[str, tuple[int, str]] = {
    "null_key": (0, ""),
    "unknown_supplier": (2, "99999999"),
    "quantity_out_of_range": (4, "500"),
    "discount_above_one": (6, "1.50"),
    "unknown_flag": (8, "X"),
    "unparsable_date": (10, "03/13/96?"),
}
"""Which cell of a row is spoiled, and by what."""

_DUPLICATE = "duplicate_key"
KINDS = (*_CELLS, _DUPLICATE)

_SHARE = 0.01
_SEED = 20260101
_QUANTITY = 4
_LAST = 15


class _Truth:
    """Counts and sums of the file as written."""

    def __init__(self) -> None:
        self.spoiled: Counter[str] = Counter()
        self.rows = 0
        self.quantity = 0.0
        self.clean_quantity = 0.0

    def add(self, kind: str, quantity: float) -> None:
        self.rows += 1
        self.quantity += quantity
        if kind:
            self.spoiled[kind] += 1
        else:
            self.clean_quantity += quantity

    def facts(self) -> Facts:
        clean = self.rows - self.spoiled.total()
        return {
            "rows": self.rows,
            "quantity": self.quantity,
            "trusted_rows": clean,
            "trusted_quantity": self.clean_quantity,
            "quarantined": self.spoiled.total() - self.spoiled[_DUPLICATE],
            **{kind: self.spoiled[kind] for kind in KINDS},
        }


def spoil(source: Path, target: Path) -> Facts:
    """Copy a lineitem CSV file and spoil 1 % of its rows.

    A duplicate repeats an earlier clean row with another comment, so sums do not depend on which one is kept.

    Returns:
        The truth about the target: `rows` and the sum of `quantity`, both for the whole file and for the rows
        that a trusted table holds; `quarantined` rows without duplicates; the spoiled rows of each kind.
    """
    truth = _Truth()
    with source.open() as lines, target.open("w") as out:
        out.write(next(lines))
        for kind, cells in _spoiled_rows(lines):
            truth.add(kind, float(cells[_QUANTITY]))
            out.write(",".join(cells))
    return truth.facts()


def _spoiled_rows(lines: TextIO) -> Iterator[tuple[str, list[str]]]:
    draw = random.Random(_SEED)
    earlier: list[str] = []
    for line in lines:
        cells = line.split(",", _LAST)  # only the comment, the last cell, holds commas
        if draw.random() >= _SHARE:
            earlier = earlier if earlier and draw.random() >= _SHARE else cells
            yield "", cells
            continue
        kind = draw.choice(KINDS) if earlier else KINDS[0]
        if kind == _DUPLICATE:
            yield kind, [*earlier[:_LAST], '"sent again"\n']
        else:
            place, cell = _CELLS[kind]
            cells[place] = cell
            yield kind, cells
