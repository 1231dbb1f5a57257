"""A lake in a folder of its own, with an inbox and declarations: what the tests of the flow work on."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from lake_assets.lake import IngestReport, Lake
from lake_assets.model import StepReport, TableRef, Zone
from lake_assets.settings import Settings
from lake_assets.storage.table import Table, find_table

SOURCE = """\
type: lake_assets.Source
attributes:
  connector: {{kind: filesystem, path: "{inbox}"}}
  datasets:
{datasets}
"""
EXPLOITATION = "type: lake_assets.Exploitation\nattributes: {}\n"
PERSISTENT = Zone.PERSISTENT_LANDING.value


@dataclass
class ALake:
    """A lake, the inbox it takes files from, and what is declared for it.

    Args:
        folder: Holds them all.
        root: The lake root; by default a folder beside the inbox.
        s3_options: Access to a root on S3.
    """

    folder: Path
    root: str = ""
    s3_options: dict[str, str] = field(default_factory=dict)
    _clock_s: int = 1_700_000_000

    @property
    def inbox(self) -> Path:
        return self.folder / "inbox"

    @property
    def lake(self) -> Lake:
        """The lake opened anew, as a new process would."""
        root = self.root or str(self.folder / "lake")
        return Lake(Settings(root, (self.folder / "defs",), self.folder, self.s3_options))

    def declare(self, datasets: str, source: str = "inbox") -> None:
        """Declare a source of files: one block of YAML per dataset, not indented."""
        indented = "".join(f"    {line}\n" for line in datasets.strip().splitlines())
        self.write(f"defs/{source}/defs.yaml", SOURCE.format(inbox=self.inbox, datasets=indented))
        self.inbox.mkdir(exist_ok=True)

    def declare_table(self, name: str, sql: str) -> None:
        """Declare an exploitation table."""
        self.write("defs/exploitation/defs.yaml", EXPLOITATION)
        self.write(f"defs/exploitation/{name}.sql", sql)

    def write(self, path: str, text: str) -> None:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def copied_to(self, folder: Path) -> ALake:
        """The same lake in another folder; what its inboxes hold is what it has seen there."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        for declared in folder.glob("defs/*/defs.yaml"):
            declared.write_text(declared.read_text().replace(str(self.folder), str(folder)), encoding="utf-8")
        return ALake(folder, _clock_s=self._clock_s)

    def drop(self, name: str, content: str | bytes) -> None:
        """Put a file into the inbox, later than every one before it."""
        target = self.inbox / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)
        self._clock_s += 1
        os.utime(target, (self._clock_s, self._clock_s))

    def ingest(self) -> IngestReport:
        """Ingest in this process, as a new run."""
        return self.lake.ingest()

    def ingest_whole(self) -> IngestReport:
        """Ingest, and insist that no step failed."""
        report = self.ingest()
        assert [str(failure.error) for failure in report.failures] == []
        return report

    def rows(self, table: str, *columns: str) -> list[tuple[object, ...]]:
        """The rows of a table in the order of their origin."""
        frame = self.frame(table)
        if "_row" in frame.columns:
            frame = frame.sort("_file", "_row")
        return frame.select(columns or pl.all()).rows()

    def frame(self, table: str) -> pl.DataFrame:
        return self.lake.scan(table).collect()

    def find(self, table: str) -> Table | None:
        return find_table(self.lake.root, TableRef.parse(table))

    def count(self, table: str) -> int:
        """Number of rows; none where there is no table."""
        found = self.find(table)
        return found.row_count if found else 0

    def versions(self) -> dict[str, int]:
        return {str(summary.ref): summary.version for summary in self.lake.tables()}

    def paths(self) -> set[str]:
        """Every file under a root on this machine."""
        base = self.folder / "lake"
        return {path.relative_to(base).as_posix() for path in base.rglob("*") if path.is_file()}

    def landed_bytes(self) -> dict[str, bytes]:
        """What persistent landing holds, by path under the root."""
        files = self.lake.root.files
        held = {}
        for entry in files.list(PERSISTENT):
            with files.open(entry.path) as stream:
                held[entry.path] = stream.read()
        return held


def step(report: IngestReport, zone: Zone, table: str) -> StepReport:
    """What one step of an ingest did."""
    return next(each for each in report.reports if (each.zone, each.table) == (zone, table))
