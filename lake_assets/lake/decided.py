"""A lake in which people decide: about words, drifted elements and rules, each for the record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from lake_assets.governance.decisions import Decision, record_decision
from lake_assets.lake.asking import AskedLake
from lake_assets.lake.deciding import drift_of, rule_version, whoami
from lake_assets.model import TableRef, Zone
from lake_assets.storage.table import open_table

if TYPE_CHECKING:
    import polars as pl

    from lake_assets.cleaning.suggestions import Suggestion

__all__ = ["DecidedLake"]


@dataclass(frozen=True)
class DecidedLake(AskedLake):
    """A lake that records what is decided about its data."""

    def suggestions(self, dataset: str, column: str = "") -> list[Suggestion]:
        """What is none of the words of its vocabulary; see `lake_assets.zones.vocabulary.suggestions`."""
        from lake_assets.zones.vocabulary import suggestions

        return suggestions(self.root, self.declarations.dataset(dataset), self._rows, column)

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
        from lake_assets.zones.vocabulary import decide_word

        chosen = self.declarations.dataset(dataset)
        made = Decision("vocabulary", chosen.name, column, value, decided, why, who, datetime.now(UTC))
        return decide_word(self.root, chosen, self._rows, made)

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

    def _rows(self, ref: TableRef) -> pl.LazyFrame:
        return open_table(self.root, ref).scan()

    def _decided(
        self, kind: str, dataset: str, column: str, value: str, decided: str, why: str, who: str
    ) -> Decision:
        at = datetime.now(UTC)
        return record_decision(
            self.root, Decision(kind, dataset, column, value, decided, why, who or whoami(), at)
        )
