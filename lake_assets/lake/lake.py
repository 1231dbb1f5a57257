"""The lake as a library: open it, read its tables, ask it questions, ingest what is new."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, partial
from importlib.metadata import version
from typing import TYPE_CHECKING
from uuid import uuid4

from lake_assets.erasure import refuse_since, refuse_while_erasing
from lake_assets.governance.operations import OPERATIONS
from lake_assets.lake.decided import DecidedLake
from lake_assets.lake.failing import as_lake_error
from lake_assets.lake.ingest import Failure, IngestReport, Watcher, ingest
from lake_assets.lake.operations import record_run
from lake_assets.lake.steps import Steps
from lake_assets.lake.telling import telling
from lake_assets.model import Run, TableRef, Zone

if TYPE_CHECKING:
    from lake_assets.catalog import Artefact
    from lake_assets.lineage import Emitter
    from lake_assets.storage.root import LakeRoot

__all__ = ["Lake"]


@dataclass(frozen=True)
class Lake(DecidedLake):
    """A lake and what is declared for it.

    Args:
        settings: Where it is.
    """

    def steps(self, run_id: str = "") -> Steps:
        """The flow of the lake in a new run.

        Args:
            run_id: The run's id; a new one by default.

        Raises:
            StorageError: When a person is being erased.
        """
        root = self.root_to_write()
        return Steps(root, self._new_run(run_id), self.hidden)

    def emitter(self, run: Run) -> Emitter | None:
        """What tells catalogues outside of the lake of a run; None where the settings do not ask for it.

        Args:
            run: The run.

        Raises:
            SettingsError: When the library is not installed, or events cannot go where they should.
        """
        from lake_assets.lineage import open_emitter

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
            record_run(steps.root, steps.run.run_id, changed, report.failures)
        except Exception as error:  # noqa: BLE001 - told, whatever it is: what the steps did is done
            failed = as_lake_error(error, str(OPERATIONS))
            report.failures.append(Failure(Zone.GOVERNANCE, OPERATIONS.name, failed))
        return report

    def record(self, run_id: str = "") -> None:
        """Bring governance up to what is declared and what was committed; see `lake_assets.catalog.record`.

        `lake ingest`, `lake replay` and every run of Dagster end with it.

        Args:
            run_id: The run that sees it; a new one by default.
        """
        from lake_assets.catalog import declared_definitions, record

        root = self.root_to_write()
        record(root, declared_definitions(self.declarations, self.settings.defs), self._new_run(run_id))

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
        from lake_assets.catalog import artefact_of, declared_definitions, rebuild, rebuilt_artefacts

        chosen = rebuilt_artefacts(artefact_of(artefact) if artefact else None)
        root = self.root_to_write()
        declared = declared_definitions(self.declarations, self.settings.defs)
        rebuild(root, self.declarations, declared, self._new_run(""), chosen)
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
        from lake_assets.lineage import record_all_mappings

        return record_all_mappings(self.root_to_write(), self.lineage, self._new_run(run_id))

    def root_to_write(self) -> LakeRoot:
        """The root for a run: nothing is committed through it once a person is, or was, erased since.

        Raises:
            StorageError: When a person is being erased.
        """
        number = refuse_while_erasing(self.root)
        return self.root.watched(partial(refuse_since, self.root, number))

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
