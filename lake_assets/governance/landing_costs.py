"""What landing steps cost, as commits of `governance.processed_files` tell it: they make no table of their own.

A batch carries what its fetching cost into the commit that takes note of its files, with what landing them cost. So
what is told costs no commit more, and is lost by no death that spares the files.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lake_assets.model import FetchedFile, StepCost, Zone
from lake_assets.storage.table import Note

__all__ = ["LANDING_COSTS", "said_of_landing", "told_of_landing"]

LANDING_COSTS = "landing_costs"
"""What a commit of processed files calls what fetching and landing its files cost."""


def said_of_landing(
    fetched: Sequence[FetchedFile], fetching: StepCost | None, landing: StepCost
) -> dict[str, object]:
    """What the commit that takes note of a batch is to say of its cost.

    Args:
        fetched: The files of the batch.
        fetching: What their fetching cost; None when whoever fetched them died, or is of an older version.
        landing: What their landing cost.
    """
    temporary = {"files": len(fetched), "size_bytes": sum(file.size_bytes for file in fetched)}
    return {
        LANDING_COSTS: {
            Zone.TEMPORARY_LANDING.value: {**temporary, "cost": fetching.to_record() if fetching else None},
            Zone.PERSISTENT_LANDING.value: {"cost": landing.to_record()},
        }
    }


def told_of_landing(note: Note, seen: Mapping[str, Any]) -> Iterator[tuple[str, StepCost, Mapping[str, int]]]:
    """Each landing step that a commit tells of: `zone.dataset`, what it cost, and how many files and bytes it took.

    Args:
        note: Of a commit of processed files.
        seen: What it noted of which dataset.
    """
    for zone, said in note.content.get(LANDING_COSTS, {}).items():
        if said["cost"] is not None:
            counts = {name: {**seen, **said}[name] for name in ("files", "size_bytes")}
            if zone == Zone.PERSISTENT_LANDING.value:
                counts["duplicates"] = seen["duplicates"]
            yield f"{zone}.{seen['dataset']}", StepCost.from_record(said["cost"]), counts
