"""Decisions: what people decided that a program must not, one row each; a later one may take its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime

import polars as pl

from lake_assets.model import TableRef, Zone
from lake_assets.storage.commit import Change, commit
from lake_assets.storage.data_files import write_data_files
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import Table, find_table

__all__ = [
    "DECISIONS",
    "DECISIONS_COLUMNS",
    "DECISION_KINDS",
    "Decision",
    "decisions_in_force",
    "decisions_made",
    "record_decision",
    "superseded",
]

DECISIONS = TableRef(Zone.GOVERNANCE, "decisions")

DECISION_KINDS = {
    "vocabulary": "the word that a value stands for",
    "drift": "an element that came other than the mapping knew it, and was looked at",
    "rule": "a rule that was changed, or is to stay as it is",
    "replay": "what was set aside, decoded and judged again",
    "promotion": "a model that may be deployed",
    "erasure": "a person whose data are deleted; never by name",
}
"""What may be decided about, and what the value of such a decision is."""

_SCHEMA = pl.Schema(
    {
        "decision_id": pl.Int64(),
        "kind": pl.String(),
        "dataset": pl.String(),
        "column": pl.String(),
        "value": pl.String(),
        "decided": pl.String(),
        "why": pl.String(),
        "who": pl.String(),
        "at": pl.Datetime("us", "UTC"),
        "supersedes": pl.Int64(),
    }
)

_MEANING = {
    "decision_id": "from 1, in the order in which they were made",
    "kind": "what is decided about: vocabulary, drift, rule, replay, promotion or erasure",
    "column": "the column; the element of a drift, the id of a rule",
    "value": "what is decided about: as it stands in the data; the kind of drift, version of a rule, run of a replay",
    "decided": "what was decided; for vocabulary the word that the value stands for, or the value itself",
    "why": "why, as the person said who decided",
    "who": "who decided",
    "at": "when, UTC",
    "supersedes": "the decision on the same value whose place it takes",
}

DECISIONS_COLUMNS = (_SCHEMA, _MEANING)
"""Its columns and what they mean, for whoever lists the artefacts."""


@dataclass(frozen=True)
class Decision:
    """What somebody decided.

    Args:
        kind: What it is about: one of `DECISION_KINDS`.
        dataset: Of which dataset or table.
        column: Of which column; for a drift the element, for a rule its id; empty where it is about none.
        value: Which value of it; the kind of a drift, the version of a rule, the run of a replay.
        decided: What was decided for it.
        why: Why.
        who: Who decided.
        at: When, UTC.
        decision_id: From 1; 0 until it is recorded.
        supersedes: The decision whose place it takes.
    """

    kind: str
    dataset: str
    column: str
    value: str
    decided: str
    why: str
    who: str
    at: datetime
    decision_id: int = 0
    supersedes: int | None = None

    @property
    def subject(self) -> tuple[str, str, str, str]:
        """What it is about."""
        return self.kind, self.dataset, self.column, self.value


def record_decision(root: LakeRoot, decision: Decision) -> Decision:
    """Record a decision; one that says what stands already is not recorded again.

    Args:
        root: The lake.
        decision: The decision.

    Returns:
        It as it stands: with its id, and with the decision that it takes the place of.
    """
    stands = [decision]

    def decide(table: Table | None) -> Change | None:
        earlier = _in_force(table).get(decision.subject)
        if earlier is not None and earlier.decided == decision.decided:
            stands[0] = earlier
            return None
        number = (table.row_count if table else 0) + 1
        stands[0] = replace(decision, decision_id=number, supersedes=earlier.decision_id if earlier else None)
        rows = pl.LazyFrame([asdict(stands[0])], schema=_SCHEMA)
        notes = {name: {"comment": meaning} for name, meaning in _MEANING.items()}
        return Change(_SCHEMA, write_data_files(root, DECISIONS, rows), column_notes=notes)

    commit(root, DECISIONS, decide)
    return stands[0]


def decisions_in_force(root: LakeRoot, kind: str, dataset: str) -> list[Decision]:
    """The decisions about a dataset that no later one has taken the place of, in the order of their ids.

    Args:
        root: The lake.
        kind: What they are about.
        dataset: Of which dataset.
    """
    standing = _in_force(find_table(root, DECISIONS)).values()
    return [each for each in standing if (each.kind, each.dataset) == (kind, dataset)]


def decisions_made(root: LakeRoot, dataset: str | None = None) -> list[Decision]:
    """All decisions in the order of their ids, those too that a later one has taken the place of.

    Args:
        root: The lake.
        dataset: Only those about a dataset, or a table.
    """
    made = _made(find_table(root, DECISIONS))
    return [each for each in made if dataset is None or each.dataset == dataset]


def superseded(made: Iterable[Decision]) -> set[int]:
    """The ids of the decisions of which a later one, among those given, has taken the place."""
    return {each.supersedes for each in made if each.supersedes is not None}


def _in_force(table: Table | None) -> dict[tuple[str, str, str, str], Decision]:
    """By what they are about."""
    return {decision.subject: decision for decision in _made(table)}


def _made(table: Table | None) -> list[Decision]:
    if table is None:
        return []
    rows = table.scan().select(_SCHEMA.names()).sort("decision_id").collect(engine="streaming")
    return [Decision(**{**row, "at": row["at"].astimezone(UTC)}) for row in rows.iter_rows(named=True)]
