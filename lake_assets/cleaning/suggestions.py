"""Which words of a list misspelt values may stand for: proposals, for people to decide."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from rapidfuzz import fuzz, process, utils

__all__ = ["Suggestion", "suggest"]

_LEAST = 60.0
"""Words that are less alike than so many of 100 are not proposed."""


@dataclass(frozen=True)
class Suggestion:
    """A value that is not among the words of a list.

    Args:
        column: Its column.
        value: The value.
        proposal: The word that is most like it; None where none is like it.
        score: How much alike they are, up to 100; 0 without a proposal.
        count: In how many rows it stands.
    """

    column: str
    value: str
    proposal: str | None
    score: float
    count: int


def suggest(column: str, values: Iterable[tuple[str, int]], words: Sequence[str]) -> list[Suggestion]:
    """Propose a word for each value; likeness passes over case, marks and the order of words.

    Args:
        column: Of the values.
        values: Each with its number of rows.
        words: Of the list, in any order.

    Returns:
        The most frequent first; the same for the same values and words, whatever their order.

    Source: rapidfuzz; the likeness is the share of letters that need not be inserted or deleted (normalised Indel).

    >>> suggest("city", [("Nwe York", 3)], ["Boston", "New York"])[0].proposal
    'New York'
    """
    ordered = sorted(set(words))
    plain = [utils.default_process(word) for word in ordered]
    found = [_suggestion(column, value, count, ordered, plain) for value, count in values]
    return sorted(found, key=lambda each: (-each.count, each.column, each.value))


def _suggestion(
    column: str, value: str, count: int, words: Sequence[str], plain: Sequence[str]
) -> Suggestion:
    asked = partial(process.extractOne, utils.default_process(value), plain, score_cutoff=_LEAST)
    best = [match for match in (asked(scorer=fuzz.ratio), asked(scorer=fuzz.token_sort_ratio)) if match]
    if not best:
        return Suggestion(column, value, None, 0.0, count)
    _, score, place = max(best, key=lambda match: match[1])
    return Suggestion(column, value, words[place], round(score, 1), count)
