"""A person erased from a lake: the flow around it, which brings in what waits and makes anew what follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from lake_assets.erasure import Erasure, claimed, erase, look, subject_of
from lake_assets.errors import LakeError
from lake_assets.lake.ingest import Step, in_order_of_references, ingest
from lake_assets.lake.lake import Lake
from lake_assets.lake.steps import Steps
from lake_assets.model import TableRef, Transformation, Zone
from lake_assets.site import site_files

__all__ = ["erase_subject", "look_for_subject"]


def look_for_subject(lake: Lake, value: str, column: str = "") -> Erasure:
    """Say what erasing a person would change; nothing is changed.

    Args:
        lake: The lake.
        value: A value of a personal column; case and blanks around it do not matter.
        column: The column, `column` or `dataset.column`; every personal column when empty.

    Raises:
        DeclarationError: When no personal column has that name.
        SettingsError: When the key of a pseudonym is missing.
    """
    subject = subject_of(lake.declarations, value, column)
    return look(lake.root, lake.declarations, subject, site_files(lake.root))


def erase_subject(lake: Lake, value: str, column: str, why: str, who: str) -> Erasure:
    """Erase a person; see `lake_assets.erasure.erase.erase`.

    Args:
        lake: The lake; no other run may go on meanwhile.
        value: As `look_for_subject` takes it.
        column: As `look_for_subject` takes it.
        why: Why, for the record.
        who: Who decides, for the record.

    Raises:
        StorageError: When another erasure goes on.
    """
    # What an erasure commits is not refused for its own claim.
    steps = replace(lake.steps(), root=lake.root)
    subject = subject_of(lake.declarations, value, column)
    with claimed(lake.root):
        return erase(lake.root, lake.declarations, subject, steps.run, _Flow(lake, steps), why, who)


@dataclass(frozen=True)
class _Flow:
    """The steps of the lake around an erasure."""

    lake: Lake
    steps: Steps

    def site(self) -> Sequence[str]:
        """The files of the site under the root."""
        return site_files(self.lake.root)

    def take_in(self) -> list[tuple[TableRef, LakeError]]:
        """Land, format and trust what waits."""
        declared, steps = self.lake.declarations, self.steps
        tables = in_order_of_references(declared.tables)
        return self._failures(
            [
                *(
                    (Zone.PERSISTENT_LANDING, each.name, partial(steps.land, each))
                    for each in declared.datasets
                ),
                *((Zone.FORMATTED, each.name, partial(steps.format, each)) for each in declared.datasets),
                *((Zone.TRUSTED, each.name, partial(steps.trust, each)) for each in tables),
            ]
        )

    def derive(self) -> list[tuple[TableRef, LakeError]]:
        """Make child tables and exploitation tables anew where their inputs changed."""
        children = [each for each in in_order_of_references(self.lake.declarations.tables) if each.parent]
        trusting: list[Step] = [
            (Zone.TRUSTED, each.name, partial(self.steps.trust, each)) for each in children
        ]
        return self._failures(trusting, self.lake.declarations.transformations)

    def _failures(
        self, first: Sequence[Step], transformations: Sequence[Transformation] = ()
    ) -> list[tuple[TableRef, LakeError]]:
        report = ingest(self.steps, [], transformations, first=first)
        return [(TableRef(each.zone, each.table), each.error) for each in report.failures]
