"""Catalogues outside of the lake are told of every step, where the settings ask for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from lake_assets.errors import LakeError
from lake_assets.lake.ingest import Watcher
from lake_assets.model import StepReport, TableRef, Zone

if TYPE_CHECKING:
    from lake_assets.lineage import Emitter, LakeLineage

__all__ = ["telling"]


def telling(
    emitter: Emitter | None, lineage: Callable[[], LakeLineage], watch: Watcher | None
) -> Watcher | None:
    """A watcher that also tells an emitter; the watcher itself where there is none.

    Args:
        emitter: Tells of a run.
        lineage: Gives the lineage of the lake as it is then.
        watch: Is told of every step too.
    """
    if emitter is None:
        return watch

    from lake_assets.lineage import about_table

    def watcher(zone: Zone, name: str, outcome: StepReport | LakeError | None) -> None:
        if watch is not None:
            watch(zone, name, outcome)
        ref = TableRef(zone, name)
        if outcome is None:
            emitter.began(ref)
        else:
            emitter.ended(ref, outcome, lambda: about_table(lineage(), ref))

    return watcher
