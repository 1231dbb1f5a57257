"""Several faults of the declarations, told in one go."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from textwrap import indent

from lake_assets.errors import DeclarationError, LakeError

__all__ = ["DeclarationsError", "noting", "raise_noted", "together"]


class DeclarationsError(DeclarationError):
    """Several declarations are not valid; every one of them is told, in the order of the files.

    Args:
        errors: The faults, each with its own what, place and mend.
    """

    def __init__(self, errors: Sequence[DeclarationError]) -> None:
        """Keep the faults and join them as the message."""
        self.errors = tuple(errors)
        told = "\n".join(indent(str(error), "  ") for error in self.errors)
        super().__init__(f"{len(self.errors)} faults in the declarations\n{told}")

    def __reduce__(self) -> tuple[object, ...]:
        """Survive pickling, faults and all."""
        return (type(self), (self.errors,))


def together(errors: Sequence[DeclarationError]) -> DeclarationError:
    """One error for at least one fault: the fault itself, or all of them in the order of the files.

    >>> later, sooner = DeclarationError("b", place="x.yaml:12:1"), DeclarationError("a", place="x.yaml:9:1")
    >>> print(together([later, sooner]))
    2 faults in the declarations
      a
        at: x.yaml:9:1
      b
        at: x.yaml:12:1
    """
    flat = [fault for error in errors for fault in _faults(error)]
    return flat[0] if len(flat) == 1 else DeclarationsError(sorted(flat, key=_in_reading_order))


@contextmanager
def noting(faults: list[DeclarationError]) -> Iterator[None]:
    """Note a `LakeError` raised within among the faults, and go on after the block."""
    try:
        yield
    except DeclarationError as error:
        faults.append(error)
    except LakeError as error:
        faults.append(DeclarationError(error.what, place=error.place, mend=error.mend))


def raise_noted(faults: Sequence[DeclarationError]) -> None:
    """Raise what has been noted, if anything.

    Raises:
        DeclarationError: When there is at least one fault.
    """
    if faults:
        raise together(faults)


def _faults(error: DeclarationError) -> Sequence[DeclarationError]:
    return error.errors if isinstance(error, DeclarationsError) else (error,)


def _in_reading_order(error: DeclarationError) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdecimal() else (0, part) for part in re.split(r"(\d+)", error.place)]
