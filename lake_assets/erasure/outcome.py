"""What an erasure did, or would do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lake_assets.erasure.landing import Redaction
from lake_assets.erasure.proof import Proof
from lake_assets.errors import LakeError
from lake_assets.model import Zone

__all__ = ["OVERWRITTEN", "Erasure", "Touched", "as_touched", "summed"]

OVERWRITTEN = "rows in which the value is overwritten"


@dataclass(frozen=True)
class Touched:
    """Something that an erasure changes.

    Args:
        place: A table, or a dataset in persistent landing.
        what: What becomes of it.
        count: Of how many rows, records, files or versions.
    """

    place: str
    what: str
    count: int


@dataclass(frozen=True)
class Erasure:
    """What an erasure did, or would do.

    Args:
        erasure_id: Random; empty for a dry run.
        records: How many records are the person's, of all datasets.
        touched: What is changed, in the order of the zones.
        proof: The search after it; before it for a dry run.
        is_everywhere: Whether the value is long enough to be searched for outside of the columns that may hold it.
        failures: What could not be done: the value may be left there.
        decision_id: Of the decision that records it; 0 while it is not done.
    """

    erasure_id: str
    records: int
    touched: tuple[Touched, ...]
    proof: Proof
    is_everywhere: bool
    failures: tuple[LakeError, ...] = ()
    decision_id: int = 0


def as_touched(redaction: Redaction) -> Touched:
    """What becomes of a landed file."""
    what = "files redacted" if redaction.data is not None else "files withdrawn, their other rows stay"
    return Touched(f"{Zone.PERSISTENT_LANDING}.{redaction.file.dataset}", what, 1)


def summed(touched: Iterable[Touched]) -> tuple[Touched, ...]:
    """The same, with one count for each place; places of which nothing is changed are left out."""
    counts: dict[tuple[str, str], int] = {}
    for each in touched:
        counts[each.place, each.what] = counts.get((each.place, each.what), 0) + each.count
    return tuple(Touched(place, what, count) for (place, what), count in counts.items() if count)
