"""The lineage of a table as Dagster is told of it: for its catalogue, and as a picture that its UI draws."""

from __future__ import annotations

from typing import Any

import dagster as dg

from lake_assets.model import ALL_ROWS, TableLineage
from lake_assets.orchestration.keys import asset_key
from lake_assets.orchestration.pictures import picture

__all__ = ["lineage_metadata"]


def lineage_metadata(lineage: TableLineage) -> dict[str, Any]:
    """Which columns each column depends on by itself, and the picture, which shows also what decides about rows.

    Args:
        lineage: What the columns of the table depend on.
    """
    if not any(lineage.columns.values()):
        return {}
    from lake_assets.lineage import drawing_of

    return {
        "dagster/column_lineage": dg.TableColumnLineage(
            {name: _deps(lineage, name) for name in lineage.columns if _deps(lineage, name)}
        ),
        "lineage": picture(f"lineage of {lineage.target}", drawing_of(lineage)),
        **({"opaque": "; ".join(lineage.opaque)} if lineage.opaque else {}),
    }


def _deps(lineage: TableLineage, name: str) -> list[dg.TableColumnDep]:
    origins = dict.fromkeys(each.origin for each in sorted(lineage.columns[name]))
    return [
        dg.TableColumnDep(asset_key(each.table), each.column) for each in origins if each.column != ALL_ROWS
    ]
