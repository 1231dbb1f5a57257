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

from lake_assets.catalog import (
    Artefact,
    artefact_of,
    declared_definitions,
    rebuild,
    rebuilt_artefacts,
    record,
)
from lake_assets.cleaning.suggestions import Suggestion
from lake_assets.declarations import Declarations, hidden_columns, load_declarations, name_inputs
from lake_assets.discovery import Join, joins_of
from lake_assets.erasure import refuse_while_erasing
from lake_assets.errors import LakeError, QueryError, UnknownTableError, near_names
from lake_assets.governance.decisions import Decision, record_decision
from lake_assets.governance.operations import OPERATIONS
from lake_assets.lake.deciding import drift_of, rule_version, whoami
from lake_assets.lake.ingest import Failure, IngestReport, Watcher, ingest
from lake_assets.lake.operations import record_run
from lake_assets.lake.steps import Steps
from lake_assets.lake.telling import telling
from lake_assets.lineage import Emitter, LakeLineage, open_emitter, record_all_mappings
from lake_assets.model import Run, TableRef, Zone
from lake_assets.settings import Settings
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import Table, find_table
from lake_assets.storage.versions import open_version, refuse_gone
from lake_assets.tracing import ColumnReason, RowReason, RowTrace, trace, why_column, why_rows
from lake_assets.versions import TableDiff, TableVersion, diff_versions, history_of
from lake_assets.versions.keys import identifying
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

    @property
    def lineage(self) -> LakeLineage:
        """Which columns depend on which, as things are declared and as the tables are now."""
        return LakeLineage(self.root, self.declarations)

    def table(self, name: str, version: int | None = None) -> Table:
        """A table by `zone.name`, at its newest version or at an older one.

        Raises:
            UnknownTableError: When it is not there.
            StorageError: When it never had that version, or files of it have been vacuumed.
        """
        newest = self._open(TableRef.parse(name))
        if version is None:
            return newest
        table = open_version(self.root, newest.ref, version)
        refuse_gone(table)
        return table

    def scan(self, name: str, version: int | None = None) -> pl.LazyFrame:
        """The rows of a table, lazily.

        Args:
            name: `zone.name`, such as `trusted.flights`.
            version: A Delta version; the newest by default.

        Raises:
            UnknownTableError: When it is not there.
            StorageError: When it never had that version, or files of it have been vacuumed.
        """
        return self.table(name, version).scan()

    def history(self, name: str) -> list[TableVersion]:
        """The versions of a table, oldest first; see `lake_assets.versions.history_of`."""
        ref = self.table(name).ref
        return history_of(self.root, ref, hidden_columns(self.declarations, ref))

    def diff(self, name: str, old: int, new: int | None = None, limit: int = 10) -> TableDiff:
        """What differs between two versions of a table; see `lake_assets.versions.diff_versions`.

        Args:
            name: `zone.name`.
            old: A Delta version.
            new: Another; the newest by default.
            limit: How many rows to tell of each sort.
        """
        newest = self.table(name)
        before = open_version(self.root, newest.ref, old)
        after = newest if new is None else open_version(self.root, newest.ref, new)
        hidden = hidden_columns(self.declarations, newest.ref)
        return diff_versions(before, after, list(identifying(after)), hidden, limit)

    def trace(self, name: str, where: str, limit: int = 5) -> list[RowTrace]:
        """Where rows of a table come from, step by step; see `lake_assets.tracing.trace`.

        Args:
            name: `zone.name`.
            where: Which rows: a predicate in SQL over its columns.
            limit: How many rows at most, and how many rows of each input of a row that was made of others.

        Raises:
            UnknownTableError: When there is no such table.
            QueryError: When the predicate is not valid.
        """
        return trace(self.root, self.declarations, self.table(name), where, limit)

    def why(self, name: str, column: str) -> ColumnReason:
        """What a column of a table is and how it came to be; see `lake_assets.tracing.why_column`."""
        return why_column(self.root, self.declarations, self.table(name), column)

    def why_rows(self, name: str, where: str, limit: int = 5) -> list[RowReason]:
        """Why rows are where they are, or were set aside; see `lake_assets.tracing.why_rows`."""
        return why_rows(self.root, self.declarations, self.table(name), where, limit)

    def joins(self, name: str, column: str = "") -> list[Join]:
        """What joins with a table; see `lake_assets.discovery.joins_of`.

        Args:
            name: The table, `zone.table`.
            column: Only joins by this column of it; empty for all.

        Raises:
            UnknownTableError: When there is no such table or column.
        """
        table = self.table(name)
        if column and column not in table.schema:
            mend = near_names(column, table.schema)
            raise UnknownTableError(f"{name} has no column {column!r}", place=f"table {name}", mend=mend)
        return joins_of(self.root, self.declarations, table.ref, column)

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

        Raises:
            StorageError: When a person is being erased.
        """
        return Steps(self.root, self._new_run(run_id))

    def emitter(self, run: Run) -> Emitter | None:
        """What tells catalogues outside of the lake of a run; None where the settings do not ask for it.

        Args:
            run: The run.

        Raises:
            SettingsError: When the library is not installed, or events cannot go where they should.
        """
        return open_emitter(self.settings, self.root, run)

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
        told = telling(self.emitter(steps.run), lambda: self.lineage, watch)
        return self._recorded(steps, ingest(steps, chosen, self.declarations.transformations, told))

    def replay(
        self, dataset: str, why: str, watch: Watcher | None = None, run_id: str = "", who: str = ""
    ) -> IngestReport:
        """Decode and judge again what was set aside of a dataset; take back what passes now, and all that follows.

        Args:
            dataset: Its name.
            why: Why, for the record.
            watch: Is told of every step.
            run_id: The run's id; a new one by default.
            who: Who asks for it, for the record; by default who is logged in. It is a decision of theirs once something
                came of it.

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
        told = telling(self.emitter(steps.run), lambda: self.lineage, watch)
        report = ingest(steps, [], self.declarations.transformations, told, first)
        taken = {Zone.FORMATTED, Zone.TRUSTED}
        if any(step.is_changed for step in report.reports if step.zone in taken):
            decided = f"{dataset} was decoded and judged again"
            self._decided("replay", dataset, "", steps.run.run_id, decided, why, who)
        return self._recorded(steps, report)

    def _recorded(self, steps: Steps, report: IngestReport) -> IngestReport:
        """The report of a run, once what its steps cost is recorded."""
        try:
            changed = [TableRef(each.zone, each.table) for each in report.reports if each.is_changed]
            record_run(self.root, steps.run.run_id, changed, report.failures)
        except LakeError as error:
            report.failures.append(Failure(Zone.GOVERNANCE, OPERATIONS.name, error))
        return report

    def record(self, run_id: str = "") -> None:
        """Bring governance up to what is declared and what was committed; see `lake_assets.catalog.record`.

        `lake ingest`, `lake replay` and every run of Dagster end with it.

        Args:
            run_id: The run that sees it; a new one by default.
        """
        declared = declared_definitions(self.declarations, self.settings.defs)
        record(self.root, declared, self._new_run(run_id))

    def rebuild(self, artefact: str = "") -> Sequence[Artefact]:
        """Make the artefacts of governance again from commits, landed files and what was recorded of declarations.

        Args:
            artefact: The name of one; empty for all that can be made again.

        Returns:
            Those that were made again.

        Raises:
            StorageError: When the one that is named cannot be made again, such as decisions.
            UnknownTableError: When there is none of that name.
        """
        chosen = rebuilt_artefacts(artefact_of(artefact) if artefact else None)
        declared = declared_definitions(self.declarations, self.settings.defs)
        rebuild(self.root, self.declarations, declared, self._new_run(""), chosen)
        if not artefact:
            self.record_mappings()
        return chosen

    def record_mappings(self, run_id: str = "") -> int:
        """Bring `governance.mappings` up to what is declared and to what the commits of exploitation tables say.

        A run does so by itself for what it changes; this makes the table again where it was deleted.

        Args:
            run_id: The run's id; a new one by default.

        Returns:
            Number of tables of datasets of which something was recorded.
        """
        return record_all_mappings(self.root, self.lineage, self._new_run(run_id))

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

    def decide_drift(
        self, dataset: str, element: str, why: str, who: str = "", decided: str = "accepted"
    ) -> Decision:
        """Record what was decided about an element that drifted.

        Args:
            dataset: Its dataset.
            element: Its name in the files, as `governance.schema_drift` has it.
            why: Why, for the record.
            who: Who decides; by default who is logged in.
            decided: What was decided.

        Raises:
            DeclarationError: When no such element of the dataset ever drifted.
        """
        kind = drift_of(self.root, self.declarations.dataset(dataset).name, element)
        return self._decided("drift", dataset, element, kind, decided, why, who)

    def decide_rule(
        self, table: str, rule_id: str, why: str, who: str = "", decided: str = "mended"
    ) -> Decision:
        """Record why a rule is as it is now.

        Args:
            table: A dataset, or `zone.table`.
            rule_id: The rule.
            why: Why, for the record.
            who: Who decides; by default who is logged in.
            decided: What was decided.

        Raises:
            DeclarationError: When the table has no such rule.
            UnknownTableError: When there is no such table.
        """
        name = table.partition(".")[2] or table
        of_table = TableRef(Zone.EXPLOITATION, name) if table.startswith("exploitation.") else None
        declared = self.declarations.transformation(name) if of_table else self.declarations.dataset(name)
        version = rule_version(declared.rules, rule_id, table)
        return self._decided(
            "rule", name if of_table is None else str(of_table), rule_id, version, decided, why, who
        )

    def _decided(
        self, kind: str, dataset: str, column: str, value: str, decided: str, why: str, who: str
    ) -> Decision:
        at = datetime.now(UTC)
        return record_decision(
            self.root, Decision(kind, dataset, column, value, decided, why, who or whoami(), at)
        )

    def _new_run(self, run_id: str) -> Run:
        refuse_while_erasing(self.root)
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
