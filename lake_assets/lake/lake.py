"""The lake as a library: open it, read its tables, ask it questions, ingest what is new."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, partial
from importlib.metadata import version
from uuid import uuid4

import polars as pl

from lake_assets.cleaning.suggestions import Suggestion
from lake_assets.declarations import Declarations, load_declarations, name_inputs
from lake_assets.errors import LakeError, QueryError, UnknownTableError, near_names
from lake_assets.governance.decisions import Decision
from lake_assets.governance.operations import OPERATIONS
from lake_assets.lake.ingest import Failure, IngestReport, Watcher, ingest
from lake_assets.lake.operations import record_run
from lake_assets.lake.steps import Steps
from lake_assets.model import Run, TableRef, Zone
from lake_assets.settings import Settings
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import Table, find_table
from lake_assets.zones.vocabulary import decide_word, suggestions

__all__ = ["Lake", "TableSummary"]


@dataclass(frozen=True)
class TableSummary:
    """A table as `lake tables` lists it.

    Args:
        ref: Its name.
        version: Delta version.
        rows: Number of rows.
        files: Number of data files.
        size_bytes: Bytes of the data files.
        columns: Number of columns.
    """

    ref: TableRef
    version: int
    rows: int
    files: int
    size_bytes: int
    columns: int


@dataclass(frozen=True)
class Lake:
    """A lake and what is declared for it.

    Args:
        settings: Where it is.
    """

    settings: Settings

    @classmethod
    def open(cls, root: str | None = None, defs: str | None = None) -> Lake:
        """Open a lake; nothing is read or written yet.

        Args:
            root: A folder or `s3://` URI; the default is `LAKE_ROOT`, else `lake` in the working directory.
            defs: Folders of declarations; the default is `LAKE_DEFS`, else the demo lake's.
        """
        return cls(Settings.from_environment(root, defs))

    @cached_property
    def root(self) -> LakeRoot:
        """Where its files are."""
        return LakeRoot.of(self.settings)

    @cached_property
    def declarations(self) -> Declarations:
        """Its sources and transformations, loaded once.

        Raises:
            DeclarationError: When one is not valid.
        """
        return load_declarations(self.settings.defs)

    def table(self, name: str) -> Table:
        """A table by `zone.name`, at its newest version.

        Raises:
            UnknownTableError: When it is not there.
        """
        return self._open(TableRef.parse(name))

    def scan(self, name: str) -> pl.LazyFrame:
        """The rows of a table, lazily.

        Args:
            name: `zone.name`, such as `trusted.flights`.

        Raises:
            UnknownTableError: When it is not there.
        """
        return self.table(name).scan()

    def tables(self) -> list[TableSummary]:
        """Every table there is, by zone and name."""
        return [_summary(table) for table in self._tables()]

    def _tables(self) -> list[Table]:
        zones = [zone for zone in Zone if zone.holds_tables]
        refs = [
            TableRef(zone, name) for zone in zones for name in sorted(self.root.files.folders(zone.value))
        ]
        return [table for ref in refs if (table := find_table(self.root, ref)) is not None]

    def _open(self, ref: TableRef) -> Table:
        table = find_table(self.root, ref)
        if table is None:
            mend = near_names(str(ref), [str(known.ref) for known in self._tables()])
            raise UnknownTableError(f"the lake has no table {ref}", place=self.root.uri, mend=mend)
        return table

    def query(self, sql: str) -> pl.LazyFrame:
        """Ask a question in SQL over all zone tables, written `zone.table`.

        Raises:
            QueryError: When the query is not valid.
            UnknownTableError: When a table is not there.
        """
        plain, inputs = name_inputs(sql)
        frames = {name: self._open(ref).scan() for name, ref in inputs.items()}
        try:
            with pl.SQLContext(frames=frames, eager=False) as context:
                answer = context.execute(plain)
            answer.collect_schema()
        except pl.exceptions.PolarsError as error:
            what = f"the query is not valid: {str(error).splitlines()[0]}"
            mend = "see `lake tables` and `lake show TABLE` for what there is"
            raise QueryError(what, place=sql, mend=mend) from error
        return answer

    def steps(self, run_id: str = "") -> Steps:
        """The flow of the lake in a new run.

        Args:
            run_id: The run's id; a new one by default.
        """
        return Steps(self.root, self._new_run(run_id))

    def ingest(self, sources: Sequence[str] = (), watch: Watcher | None = None) -> IngestReport:
        """Take everything that is new through all zones; see `lake_assets.lake.ingest.ingest`.

        Args:
            sources: Names of sources; empty for all.
            watch: Is told of every step.

        Raises:
            DeclarationError: When a name is no source's.
        """
        chosen = [self.declarations.source(name) for name in sources] or list(self.declarations.sources)
        steps = self.steps()
        return self._recorded(steps, ingest(steps, chosen, self.declarations.transformations, watch))

    def replay(self, dataset: str, why: str, watch: Watcher | None = None, run_id: str = "") -> IngestReport:
        """Decode and judge again what was set aside of a dataset; take back what passes now, and all that follows.

        Args:
            dataset: Its name.
            why: Why, for the record.
            watch: Is told of every step.
            run_id: The run's id; a new one by default.

        Returns:
            What was decoded again, then the replay, then the child tables and every exploitation table.

        Raises:
            UnknownTableError: When the dataset is not declared.
        """
        steps, chosen = self.steps(run_id), self.declarations.dataset(dataset)
        first = [
            *([] if chosen.parent else [(Zone.FORMATTED, dataset, partial(steps.redecode, chosen, why))]),
            (Zone.TRUSTED, dataset, partial(steps.replay, chosen, why)),
            *((Zone.TRUSTED, each.name, partial(steps.trust, each)) for each in chosen.children),
        ]
        return self._recorded(steps, ingest(steps, [], self.declarations.transformations, watch, first))

    def _recorded(self, steps: Steps, report: IngestReport) -> IngestReport:
        """The report of a run, once what its steps cost is recorded."""
        try:
            changed = [TableRef(each.zone, each.table) for each in report.reports if each.is_changed]
            record_run(self.root, steps.run.run_id, changed, report.failures)
        except LakeError as error:
            report.failures.append(Failure(Zone.GOVERNANCE, OPERATIONS.name, error))
        return report

    def suggestions(self, dataset: str, column: str = "") -> list[Suggestion]:
        """What is none of the words of its vocabulary; see `lake_assets.zones.vocabulary.suggestions`."""
        return suggestions(self.root, self.declarations.dataset(dataset), self.steps().scan, column)

    def decide(self, dataset: str, column: str, value: str, decided: str, why: str, who: str) -> Decision:
        """Record which word of its vocabulary a value stands for; see `lake_assets.zones.vocabulary.decide_word`.

        Args:
            dataset: Its name.
            column: Of which column.
            value: The value, as it stands there when the vocabulary is looked at.
            decided: The word; the value itself when it is right as it is.
            why: Why, for the record.
            who: Who decides, for the record.
        """
        chosen = self.declarations.dataset(dataset)
        made = Decision("vocabulary", chosen.name, column, value, decided, why, who, datetime.now(UTC))
        return decide_word(self.root, chosen, self.steps().scan, made)

    def _new_run(self, run_id: str) -> Run:
        return Run(run_id or uuid4().hex, datetime.now(UTC), version("lake-assets"), self._git_sha)

    @cached_property
    def _git_sha(self) -> str:
        """The commit of the repository that holds the declarations; empty outside of one."""
        folder = str(self.settings.defs[0])
        try:
            asked = subprocess.run(  # noqa: S603 - the arguments are ours
                ["git", "-C", folder, "rev-parse", "HEAD"],  # noqa: S607 - git is found on the PATH
                capture_output=True,
                text=True,
                check=False,
            )
        except FileNotFoundError:
            return ""
        return asked.stdout.strip()


def _summary(table: Table) -> TableSummary:
    files = table.files
    return TableSummary(
        table.ref, table.version, table.row_count, files.height, table.size_bytes, len(table.schema)
    )
