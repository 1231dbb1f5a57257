"""Names of elements that files give as they please."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from lake_assets.formats.protocol import ROW

__all__ = ["distinct_names"]


def distinct_names(written: Collection[str], ours: Iterable[str] = ()) -> tuple[str, ...]:
    """Number names that stand twice, and those that are missing, without taking one that is there.

    Args:
        written: The names in the file.
        ours: Names that no element may have.

    >>> distinct_names(("a", "", "a", "a_2"))
    ('a', 'column_2', 'a_3', 'a_2')
    """
    taken = set(written) | {ROW}
    names: list[str] = []
    seen: set[str] = set(ours)
    for number, name in enumerate(written, start=1):
        wanted = name if name.strip() else f"column_{number}"
        is_free = wanted not in seen and (wanted == name or wanted not in taken)
        chosen = wanted if is_free else _numbered(wanted, taken)
        taken.add(chosen)
        seen.add(chosen)
        names.append(chosen)
    return tuple(names)


def _numbered(name: str, taken: set[str]) -> str:
    candidates = (f"{name}_{number}" for number in range(2, len(taken) + 3))
    return next(candidate for candidate in candidates if candidate not in taken)
