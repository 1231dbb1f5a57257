"""The data of W2: thousands of small files in waves, some dirty, sent again, overwritten or corrupt, with the truth."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.environments import cache
from benchmarks.process import Facts

__all__ = ["KINDS", "WAVES", "StormData", "storm_data"]

WAVES = 20
KINDS = ("csv", "json")
_ROWS = 20
_SHARES = {"dirty": 0.05, "sent_again": 0.01, "overwritten": 0.01, "corrupt": 0.01}
_SEED = 20260102
_COLUMNS = ("id", "station", "at", "amount", "note")
_CHANGES = {
    5: (*_COLUMNS, "unit"),
    10: (*_COLUMNS, "unit", "operator"),
    15: (*_COLUMNS[:-1], "unit", "operator"),
}
"""From which wave on files have which columns."""


@dataclass(frozen=True)
class StormData:
    """The input of W2 at one scale.

    Args:
        folder: Holds `waves/<number>/<kind>/` and `all/<kind>/`, the files as they are at the end.
        files: How many arrive.
        truth: What a tool that does everything ends with.
    """

    folder: Path
    files: int
    truth: Facts

    @property
    def about(self) -> str:
        """One line on the data."""
        return (
            f"{self.files:,} files of {_ROWS} rows, half CSV, half JSON lines; {self.truth['dirty']:,.0f} have a "
            f"dirty row, {self.truth['sent_again']:,.0f} are sent again, {self.truth['overwritten']:,.0f} overwritten, "
            f"{self.truth['corrupt']:,.0f} corrupt; the schema changes three times"
        )


def storm_data(files: int) -> StormData:
    """The data of a size, made at first use."""
    folder = cache() / f"storm-{files}"
    truth = folder / "truth.json"
    if not truth.exists():
        shutil.rmtree(folder, ignore_errors=True)
        facts = _Storm(folder, files).write()
        truth.write_text(json.dumps(facts, indent=1))
    return StormData(folder, files, json.loads(truth.read_text()))


@dataclass
class _Storm:
    """A storm while it is written.

    Args:
        folder: Where to.
        files: How many.
    """

    folder: Path
    files: int
    draw: random.Random = field(default_factory=lambda: random.Random(_SEED))
    amounts: dict[int, float] = field(default_factory=dict)
    plain: dict[str, list[tuple[int, str]]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_SHARES, 0))

    def write(self) -> Facts:
        """Write all waves; answer the truth."""
        for number in range(self.files):
            wave, kind = number * WAVES // self.files, KINDS[number % len(KINDS)]
            for folder in (self.folder / "waves" / f"{wave:02d}" / kind, self.folder / "all" / kind):
                folder.mkdir(parents=True, exist_ok=True)
            name, content = self._file(number, wave, kind)
            for folder in (self.folder / "waves" / f"{wave:02d}" / kind, self.folder / "all" / kind):
                (folder / name).write_bytes(content)
        amounts = list(self.amounts.values())
        return {"rows": len(amounts), "amount": round(sum(amounts), 2), **self.counts}

    def _file(self, number: int, wave: int, kind: str) -> tuple[str, bytes]:
        fate, name = self._fate(), f"{number:06d}.{kind}"
        earlier = [one for one in self.plain[kind] if one[0] * WAVES // self.files < wave]
        if fate in {"sent_again", "overwritten"} and not earlier:
            fate = ""
        if fate:
            self.counts[fate] += 1
        if fate == "corrupt":
            return name, self.draw.randbytes(2_000)
        if fate in {"sent_again", "overwritten"}:
            first, old = earlier[self.draw.randrange(len(earlier))]
            self.plain[kind].remove((first, old))
            if fate == "sent_again":
                return name, (self.folder / "all" / kind / old).read_bytes()
            return old, _written(kind, list(self._rows(first, wave)))
        rows = list(self._rows(number, wave))
        if fate == "dirty":
            spoiled = self.draw.randrange(_ROWS)
            rows[spoiled]["amount"] = self.draw.choice([-1.5, "n.a."])
            del self.amounts[int(str(rows[spoiled]["id"]))]
        else:
            self.plain[kind].append((number, name))
        return name, _written(kind, rows)

    def _fate(self) -> str:
        drawn = self.draw.random()
        for fate, share in _SHARES.items():
            drawn -= share
            if drawn < 0:
                return fate
        return ""

    def _rows(self, number: int, wave: int) -> Iterator[dict[str, object]]:
        columns = next((names for since, names in reversed(_CHANGES.items()) if wave >= since), _COLUMNS)
        for place in range(_ROWS):
            key = number * _ROWS + place
            self.amounts[key] = self.draw.randrange(40_000) / 100
            row = {
                "id": key,
                "station": f"S{key % 97:02d}",
                "at": f"2024-{1 + key % 12:02d}-{1 + key % 28:02d}T{key % 24:02d}:00:00Z",
                "amount": self.amounts[key],
                "note": f"reading {key}",
                "unit": "kWh",
                "operator": f"operator {key % 7}",
            }
            yield {name: row[name] for name in columns}


def _written(kind: str, rows: list[dict[str, object]]) -> bytes:
    if kind == "json":
        return "".join(f"{json.dumps(row)}\n" for row in rows).encode()
    lines = [",".join(rows[0]), *(",".join(map(str, row.values())) for row in rows)]
    return ("\n".join(lines) + "\n").encode()
