"""A mapping of a contract that remembers what was taken out of it, so that the rest can be told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

__all__ = ["Loc", "Part"]

Loc = tuple[str | int, ...]
"""The way to a value through mappings and lists."""


class Part:
    """One mapping of a contract.

    Args:
        value: As YAML has it.
        loc: The way to it.

    >>> part = Part({"name": "hires", "price": {"priceAmount": 3}, "tags": []}, ())
    >>> part.text("name"), list(part.left())
    ('hires', [('price',)])
    """

    def __init__(self, value: Mapping[str, object], loc: Loc) -> None:
        """Keep the mapping; nothing is taken yet."""
        self.value = value
        self.loc = loc
        self._taken: set[str] = set()
        self._inner: list[Part] = []

    def take(self, name: str) -> object:
        """What stands under a name, or None; from now on it counts as held."""
        self._taken.add(name)
        return self.value.get(name)

    def text(self, name: str) -> str:
        """A text, empty when there is none; from now on it counts as held."""
        found = self.take(name)
        return "" if found is None else str(found).strip()

    def texts(self, name: str) -> list[str]:
        """A list of texts; from now on it counts as held."""
        return [str(each) for each in _listed(self.take(name))]

    def part(self, name: str) -> Part:
        """The mapping under a name, empty where there is none; what is taken out of it counts as held."""
        self._taken.add(name)
        found = self.value.get(name)
        return self._within(found if isinstance(found, Mapping) else {}, name)

    def parts(self, name: str) -> list[Part]:
        """The mappings in the list under a name; what is taken out of them counts as held."""
        self._taken.add(name)
        return [
            self._within(each, name, place)
            for place, each in enumerate(_listed(self.value.get(name)))
            if isinstance(each, Mapping)
        ]

    def has(self, name: str) -> bool:
        """Whether something stands under a name."""
        return self.value.get(name) is not None

    def custom(self, name: str) -> object:
        """The value of a custom property, or None; from now on it counts as held."""
        found = None
        for each in self.parts("customProperties"):
            if each.value.get("property") == name:
                each.hold()
                found = each.value.get("value")
        return found

    def hold(self) -> None:
        """Count all of it as held."""
        self._taken.update(self.value)

    def hold_equal(self, known: Mapping[str, object]) -> None:
        """Count as held what is also said elsewhere, in the same words."""
        self._taken.update(name for name, value in self.value.items() if known.get(name) == value)

    @property
    def is_touched(self) -> bool:
        """Whether something was taken out of it, or looked for."""
        return bool(self._taken)

    def left(self) -> Iterator[Loc]:
        """The ways to what was not taken, outermost only; what is empty says nothing."""
        for name, value in self.value.items():
            if name not in self._taken and value not in (None, "", [], {}):
                yield (*self.loc, name)
        for each in self._inner:
            yield from each.left() if each.is_touched else filter(None, [each.loc if each.value else ()])

    def _within(self, value: Mapping[str, object], *steps: str | int) -> Part:
        """The same part for the same way, however often it is asked for."""
        loc = (*self.loc, *steps)
        known = next((each for each in self._inner if each.loc == loc), None)
        if known is None:
            known = Part(value, loc)
            self._inner.append(known)
        return known


def _listed(found: object) -> Sequence[object]:
    return cast("Sequence[object]", found) if isinstance(found, list | tuple) else ()
