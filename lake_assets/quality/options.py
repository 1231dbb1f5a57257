"""The options of one declared rule, read one at a time, each refused with what was expected instead."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from math import inf, isfinite

from lake_assets.errors import DeclarationError, near_names
from lake_assets.model import RuleValue, read_duration

__all__ = ["Options", "Scalar"]

Scalar = str | int | float | bool
"""One declared value; dates and datetimes are kept as ISO 8601 text."""


class Options:
    """What somebody declared for one rule.

    Args:
        given: Option name to value, as YAML has it.
        known: The options that the kind of the rule takes; empty takes any.
        example: How the kind is written, for the *mend* of an error.
        place: Where the rule is declared.

    Raises:
        DeclarationError: When an option is not known.
    """

    def __init__(self, given: Mapping[str, object], known: tuple[str, ...], example: str, place: str) -> None:
        self._given = given
        self._example = example
        self.place = place
        for name in given:
            if known and name not in known:
                raise DeclarationError(f"no option {name!r}", place=place, mend=near_names(name, known))

    def refusal(self, what: str) -> DeclarationError:
        """The error for options that are wrong, with an example of right ones."""
        return DeclarationError(what, place=self.place, mend=f"write it like {self._example}")

    def text(self, name: str) -> str:
        """A text that must be there."""
        value = self._given.get(name)
        if not isinstance(value, str) or not value:
            raise self.refusal(f"{name} is a text, found {value!r}")
        return value

    def texts(self, *names: str) -> tuple[str, ...]:
        """One text or several different ones, under the first of the names that is given."""
        value = next((self._given[name] for name in names if name in self._given), None)
        found = [value] if isinstance(value, str) else value
        if not isinstance(found, list | tuple) or not found or not all(isinstance(one, str) for one in found):
            raise self.refusal(f"{names[0]} is a name or a list of names, found {value!r}")
        if len(set(found)) < len(found):
            raise self.refusal(f"{names[0]} names something twice: {', '.join(found)}")
        return tuple(found)

    def scalars(self, name: str) -> tuple[Scalar, ...]:
        """One value or more of one type; null, which every rule lets pass, is left out."""
        value = self._given.get(name)
        if not isinstance(value, list | tuple | set | frozenset):
            raise self.refusal(f"{name} is a list of values, found {value!r}")
        found = tuple(self._scalar(name, one) for one in value if one is not None)
        if len({_family(one) for one in found}) != 1:
            what = f"{name} wants values of one type (YAML reads a bare NO as false), found {value!r}"
            raise self.refusal(what if found else f"{name} is empty")
        return found

    def bound(self, name: str) -> Scalar | None:
        """A number, text or date to compare with, or None when the option is left out."""
        value = self._given.get(name)
        return None if value is None else self._scalar(name, value)

    def count(self, name: str) -> int | None:
        """A whole number from 0, or None when the option is left out."""
        value = self._given.get(name)
        if value is None or (isinstance(value, int) and not isinstance(value, bool) and value >= 0):
            return value
        raise self.refusal(f"{name} is a whole number from 0, found {value!r}")

    def has(self, name: str) -> bool:
        """Whether an option is given."""
        return self._given.get(name) is not None

    def number(self, name: str) -> float | None:
        """A finite number, or None when the option is left out."""
        value = self._given.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
            raise self.refusal(f"{name} is a number, found {value!r}")
        return value

    def numbers(self, low: str, high: str) -> dict[str, RuleValue]:
        """Two bounds of which one may be left out, those that are given by name."""
        bounds = {name: self.number(name) for name in (low, high)}
        given = {name: bound for name, bound in bounds.items() if bound is not None}
        if not given:
            raise self.refusal(f"neither {low} nor {high} is given")
        if given.get(low, -inf) > given.get(high, inf):
            raise self.refusal(f"{low} is greater than {high}: {given[low]} and {given[high]}")
        return {**given}

    def seconds(self, name: str) -> int:
        """A span of time, such as `2d`."""
        span = read_duration(self._given.get(name))
        if span is None:
            raise self.refusal(f"{name} is a span of time such as 30s, 5m, 1h or 2d")
        return span

    def others(self, *taken: str) -> dict[str, RuleValue]:
        """Every option besides those taken: a value, or several as a tuple."""
        return {
            name: tuple(self._scalar(name, one) for one in value)
            if isinstance(value, list | tuple)
            else self._scalar(name, value)
            for name, value in self._given.items()
            if name not in taken
        }

    def _scalar(self, name: str, value: object) -> Scalar:
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, str | int | float):
            return value
        raise self.refusal(f"{name} takes numbers, texts, dates or booleans, found {value!r}")


def _family(value: Scalar) -> str:
    if isinstance(value, bool):
        return "boolean"
    return "text" if isinstance(value, str) else "number"
