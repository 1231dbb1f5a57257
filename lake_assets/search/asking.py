"""A search: every word must be found, in whichever field; what stands in names and terms counts most."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from lake_assets.search.answer import Found
from lake_assets.search.index import open_index

__all__ = ["Answer", "ask"]

_WEIGHTS = (10.0, 8.0, 3.0, 4.0, 3.0, 3.0, 1.0)
"""Of the fields, in the order of `FIELDS`."""

_OF_KIND = {"term": 1.2, "table": 1.1}
_OF_ZONE = {"exploitation": 1.06, "trusted": 1.04, "quarantine": 0.9, "governance": 0.8}
"""Of what says the same, what analysts use comes first."""

_MANY = 10_000
_NEAR = 3
_LEAST_LIKE = 75
_SHORTEST = 4

_SQL = """
SELECT e.kind, e.ref, e.description, e.terms, e.owner, e.is_personal, -best.score FROM (
    SELECT rowid, rank AS score FROM found WHERE found MATCH ? AND rank MATCH ? ORDER BY rank LIMIT ?
) AS best JOIN entries AS e ON e.id = best.rowid
"""
_FILTERED = """
SELECT e.kind, e.ref, e.description, e.terms, e.owner, e.is_personal, -rank
FROM found JOIN entries AS e ON e.id = found.rowid
WHERE found MATCH ? AND rank MATCH ? {also} ORDER BY rank LIMIT ?
"""
_SOME = """
SELECT e.kind, e.ref, e.description, e.terms, e.owner, e.is_personal, 0.0
FROM found JOIN entries AS e ON e.id = found.rowid WHERE found MATCH ? {also} LIMIT ?
"""
_ALL = """
SELECT e.kind, e.ref, e.description, e.terms, e.owner, e.is_personal, 0.0 AS score FROM entries AS e
WHERE 1 {also} ORDER BY e.ref LIMIT ?
"""


@dataclass(frozen=True)
class Answer:
    """What a search found.

    Args:
        found: The hits, the best first.
        instead: What misspelt words were taken for.
    """

    found: tuple[Found, ...] = ()
    instead: Mapping[str, Sequence[str]] = field(default_factory=dict)


def ask(
    path: Path, words: Sequence[str], limit: int, *, kind: str = "", owner: str = "", personal: bool = False
) -> Answer:
    """Search.

    Args:
        path: The index.
        words: What is looked for, each a word or several; none for everything.
        limit: How many hits at most.
        kind: `table`, `column` or `term` only.
        owner: Of this team only, as `team:name` or as the name alone.
        personal: Only what holds personal data.
    """
    also, values = _filter(kind, owner, personal=personal)
    wanted = [word for text in words for word in re.findall(r"[^\W_]+", text.lower())]
    with closing(open_index(path)) as index:
        if not wanted:
            return Answer(_found(index.execute(_ALL.format(also=also), (*values, limit))))
        found = _match(index, [[word] for word in wanted], also, values, limit)
        if found:
            return Answer(found)
        instead = {word: _near(index, word) for word in wanted if not _is_known(index, word)}
        near = [list(instead.get(word, [word])) or [word] for word in wanted]
        return Answer(
            _match(index, near, also, values, limit), {word: each for word, each in instead.items() if each}
        )


def _filter(kind: str, owner: str, *, personal: bool) -> tuple[str, list[str]]:
    asked = [
        ("AND e.kind = ?", kind),
        ("AND e.owner = ?", owner if not owner or owner.startswith("team:") else f"team:{owner}"),
    ]
    chosen = [(clause, value) for clause, value in asked if value]
    clauses = [clause for clause, _ in chosen] + (["AND e.is_personal = 1"] if personal else [])
    return " ".join(clauses), [value for _, value in chosen]


def _match(
    index: sqlite3.Connection, words: Sequence[Sequence[str]], also: str, values: Sequence[str], limit: int
) -> tuple[Found, ...]:
    """The best hits of a question: of each group of words one must be found, or the beginning of one."""
    groups = [" OR ".join(f'"{word}"*' for word in group) for group in words]
    question = " AND ".join(f"({group})" for group in groups)
    if not _is_common(index, question):
        return _best(index, question, also, values, limit)
    named = _best(index, f"{{name terms}} : ({question})", also, values, limit)
    some = _found(index.execute(_SOME.format(also=also), (question, *values, limit)))
    return tuple(_once((*named, *some)))[:limit]


def _once(found: Sequence[Found]) -> Iterator[Found]:
    seen: set[tuple[str, str]] = set()
    for each in found:
        if (each.kind, each.ref) not in seen:
            seen.add((each.kind, each.ref))
            yield each


def _is_common(index: sqlite3.Connection, question: str) -> bool:
    """Whether so much is hit that the hits of names and terms alone are weighed, and of the others any are shown."""
    counted = "SELECT count(*) FROM (SELECT 1 FROM found WHERE found MATCH ? LIMIT ?)"
    (hits,) = index.execute(counted, (question, _MANY)).fetchone()
    return bool(hits >= _MANY)


def _best(
    index: sqlite3.Connection, question: str, also: str, values: Sequence[str], limit: int
) -> tuple[Found, ...]:
    ranked = f"bm25({', '.join(map(str, _WEIGHTS))})"
    more = limit * 4  # kinds and zones are weighed only here
    sql = _FILTERED.format(also=also) if also else _SQL
    rows = index.execute(sql, (question, ranked, *values, more))
    return tuple(_weighed(_found(rows))[:limit])


def _weighed(found: Sequence[Found]) -> list[Found]:
    return sorted(found, key=lambda each: (-each.score * _weight(each), each.ref))


def _weight(each: Found) -> float:
    return _OF_KIND.get(each.kind, 1.0) * _OF_ZONE.get(each.ref.partition(".")[0], 1.0)


def _found(rows: sqlite3.Cursor) -> tuple[Found, ...]:
    return tuple(
        Found(kind, ref, round(score, 3), description, terms, owner, bool(is_personal))
        for kind, ref, description, terms, owner, is_personal, score in rows
    )


def _is_known(index: sqlite3.Connection, word: str) -> bool:
    return (
        index.execute("SELECT 1 FROM found WHERE found MATCH ? LIMIT 1", (f'"{word}"*',)).fetchone()
        is not None
    )


def _near(index: sqlite3.Connection, word: str) -> list[str]:
    """The known words that are most like one that nobody knows."""
    if len(word) < _SHORTEST:
        return []
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only misspelt words pay for it

    known = [each for (each,) in index.execute("SELECT word FROM words")]
    near = process.extract(word, known, scorer=fuzz.ratio, limit=_NEAR, score_cutoff=_LEAST_LIKE)
    return [each for each, _, _ in near]
