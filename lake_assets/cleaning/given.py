"""What somebody declared for one column of a step, read one option at a time, each refused with what is right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from lake_assets.errors import DeclarationError, near_names

__all__ = ["Given", "Scalar"]

Scalar = str | int | float | bool
"""One declared value; dates and datetimes are kept as ISO 8601 text."""


class Given:
    """Declared options.

    Args:
        options: By name, as YAML has them.
        known: The options that the kind takes.
        example: How the kind is written, for the *mend* of an error.
        place: Where it is declared.

    Raises:
        DeclarationError: When an option is not known.
    """

    def __init__(self, options: Mapping[str, object], known: Sequence[str], example: str, place: str) -> None:
        self._options = options
        self._example = example
        self.place = place
        for name in options:
            if name not in known:
                mend = near_names(str(name), known) if known else f"write it like {example}"
                raise DeclarationError(f"no option {name!r}", place=place, mend=mend)

    def refusal(self, what: str) -> DeclarationError:
        """The error for options that are wrong, with an example of right ones."""
        return DeclarationError(what, place=self.place, mend=f"write it like {self._example}")

    def text(self, name: str, default: str = "") -> str:
        """A text that is not empty; without a default it must be there."""
        value = self._options.get(name, default or None)
        if isinstance(value, str) and value:
            return value
        raise self.refusal(f"{name} is a text, found {_shown(value)}")

    def choice(self, name: str, known: Sequence[str], default: str = "") -> str:
        """One of a few words."""
        value = self.text(name, default)
        if value in known:
            return value
        raise DeclarationError(
            f"{value!r} is no {name} that is known", place=self.place, mend=near_names(value, known)
        )

    def letter(self, name: str) -> str:
        """One character, or an empty text when it is left out."""
        value = self._options.get(name, "")
        if isinstance(value, str) and (len(value) == 1 or name not in self._options):
            return value
        raise self.refusal(f"{name} is one character, found {_shown(value)}")

    def count(self, name: str, default: int) -> int:
        """A whole number from 0."""
        value = self._options.get(name, default)
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        raise self.refusal(f"{name} is a whole number from 0, found {_shown(value)}")

    def scalars(self, name: str) -> list[Scalar]:
        """One value or more, in order; one alone may stand without brackets."""
        value = self._options.get(name)
        listed = value if isinstance(value, list | tuple) else [value]
        if not listed:
            raise self.refusal(f"{name} is empty")
        return [self._scalar(name, one) for one in listed]

    def texts(self, name: str) -> list[str]:
        """One text or more, none twice, in order."""
        found = [one for one in self.scalars(name) if isinstance(one, str) and one]
        if len(set(found)) < len(self.scalars(name)):
            raise self.refusal(
                f"{name} is a list of different texts, found {_shown(self._options.get(name))}"
            )
        return found

    def pairs(self, name: str) -> list[tuple[Scalar, Scalar | None]]:
        """What takes the place of what; null takes away."""
        value = self._options.get(name)
        if not isinstance(value, Mapping) or not value:
            raise self.refusal(f"{name} says what takes the place of what, found {_shown(value)}")
        return [
            (self._scalar(name, old), None if new is None else self._scalar(name, new))
            for old, new in value.items()
        ]

    def has(self, name: str) -> bool:
        """Whether an option is given."""
        return name in self._options

    def is_list(self, name: str) -> bool:
        """Whether an option is a list."""
        return isinstance(self._options.get(name), list | tuple)

    def _scalar(self, name: str, value: object) -> Scalar:
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, str | int | float):
            return value
        raise self.refusal(f"{name} takes numbers, texts, dates or booleans, found {_shown(value)}")


def _shown(value: object) -> str:
    return "nothing" if value is None else repr(value)
