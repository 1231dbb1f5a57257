"""What is declared of a table, for those who are told of it."""

from __future__ import annotations

from dataclasses import dataclass

from lake_assets.lineage.of_lake import LakeLineage
from lake_assets.model import Rule, TableLineage, TableRef, Zone
from lake_assets.zones.drift import drift_rule
from lake_assets.zones.rules import rules_of

__all__ = ["About", "about_table"]


@dataclass(frozen=True)
class About:
    """What is declared of a table.

    Args:
        lineage: What its columns depend on; None for files.
        owner: Who answers for it.
        description: What it means.
        sql: The query, for one written in SQL.
        rules: Its rules.
    """

    lineage: TableLineage | None = None
    owner: str = ""
    description: str = ""
    sql: str = ""
    rules: tuple[Rule, ...] = ()


def about_table(lineage: LakeLineage, ref: TableRef) -> About:
    """What is declared of a table, or of a dataset in a landing zone.

    Args:
        lineage: Of the lake.
        ref: The table.
    """
    known = lineage.as_made(ref) if ref.zone.holds_tables else None
    made, dataset = lineage.transformation(ref), lineage.dataset(ref)
    if made is not None:
        return About(known, made.owner, made.description, made.sql, made.rules)
    if dataset is None:
        return About(known)
    rules = rules_of(dataset) if ref.zone is Zone.TRUSTED else (drift_rule(dataset),)
    return About(known, dataset.owner, dataset.description, rules=rules)
