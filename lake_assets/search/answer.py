"""What a search found."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Found"]


@dataclass(frozen=True)
class Found:
    """One hit.

    Args:
        kind: `table`, `column` or `term`.
        ref: What it is called.
        score: Greater is better; comparable within one answer only.
        description: What it means.
        terms: Terms that it means, with their synonyms.
        owner: Who answers for it.
        is_personal: Whether its values are never shown.
    """

    kind: str
    ref: str
    score: float
    description: str
    terms: str
    owner: str
    is_personal: bool
