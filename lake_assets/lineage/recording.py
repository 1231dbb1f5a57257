"""`governance.mappings` brought up to all tables of a lake."""

from __future__ import annotations

from lake_assets.governance.mappings import record_declared, record_mappings
from lake_assets.lineage.of_lake import LakeLineage
from lake_assets.model import Run, Zone
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import find_table

__all__ = ["record_all_mappings"]


def record_all_mappings(root: LakeRoot, lineage: LakeLineage, run: Run) -> int:
    """Record what is declared of every table that is there, and what the commits of exploitation tables say.

    Args:
        root: The lake.
        lineage: Of the lake.
        run: The run, for the record of what is declared.

    Returns:
        Number of tables of datasets of which something was recorded.
    """
    there = [ref for ref in lineage.tables() if ref.zone.holds_tables and find_table(root, ref) is not None]
    declared = [lineage.of(ref) for ref in there if ref.zone is not Zone.EXPLOITATION]
    recorded = record_declared(root, declared, run)
    for ref in there:
        table = find_table(root, ref) if ref.zone is Zone.EXPLOITATION else None
        if table is not None:
            record_mappings(table)
    return recorded
