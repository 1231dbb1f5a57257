"""The data of W1: TPC-H tables as CSV files, lineitem spoiled, with the truth beside them."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from benchmarks.contestants.tpch import TABLES
from benchmarks.environments import cache, python_of
from benchmarks.process import Facts
from benchmarks.spoil import spoil

__all__ = ["TpchData", "tpch_data"]


@dataclass(frozen=True)
class TpchData:
    """The input of W1 at one scale.

    Args:
        folder: Holds `csv/<table>/<table>.csv` and what the contestants keep between runs.
        scale: The scale factor; 1 is about 1 GB.
        truth: What `benchmarks.spoil.spoil` returned.
    """

    folder: Path
    scale: float
    truth: Facts

    @property
    def csv(self) -> Path:
        """The folder with one folder per table."""
        return self.folder / "csv"

    @property
    def about(self) -> str:
        """One line on the data."""
        size_mb = sum(file.stat().st_size for file in self.csv.glob("*/*.csv")) / 1e6
        spoiled = self.truth["rows"] - self.truth["trusted_rows"]
        return (
            f"TPC-H SF {self.scale:g}, {size_mb:,.0f} MB CSV, {self.truth['rows']:,.0f} rows of lineitem, "
            f"{spoiled:,.0f} of them spoiled"
        )


def tpch_data(scale: float) -> TpchData:
    """The data of a scale, made at first use."""
    folder = cache() / f"tpch-sf{scale:g}"
    truth = folder / "truth.json"
    if not truth.exists():
        shutil.rmtree(folder, ignore_errors=True)
        _generate(folder / "clean", scale)
        for table in TABLES:
            (folder / "csv" / table).mkdir(parents=True)
            if table != "lineitem":
                (folder / "clean" / f"{table}.csv").rename(folder / "csv" / table / f"{table}.csv")
        facts = spoil(folder / "clean" / "lineitem.csv", folder / "csv" / "lineitem" / "lineitem.csv")
        shutil.rmtree(folder / "clean")
        truth.write_text(json.dumps(facts, indent=1))
    return TpchData(folder, scale, json.loads(truth.read_text()))


def _generate(folder: Path, scale: float) -> None:
    generator = Path(python_of("tpch")).parent / "tpchgen-cli"
    options = ["--scale-factor", f"{scale:g}", "--output-dir", str(folder), "--tables", ",".join(TABLES)]
    subprocess.run([generator, "csv", *options, "--no-progress", "--quiet"], check=True)
