"""A cleaning step as somebody writes it in YAML, and the step that is meant."""

from __future__ import annotations

from collections.abc import Mapping

from lake_assets.cleaning.given import Given
from lake_assets.cleaning.kind import CellKind, Settings
from lake_assets.cleaning.kinds import KINDS, kind_of
from lake_assets.cleaning.kinds.deduplicate import DEDUPLICATE, declare_duplicates
from lake_assets.errors import DeclarationError, near_names
from lake_assets.model import EVERY_TEXT, CleaningStep

__all__ = ["declare_step"]


def declare_step(declared: Mapping[str, object], *, place: str = "") -> CleaningStep:
    """Read a step in its short form.

    Args:
        declared: One key that names the kind: with a column or a list of columns, or with a mapping of columns to what
            the kind asks for.
        place: Where it is declared, for the error.

    Raises:
        DeclarationError: When the kind or an option is not known, missing or wrong.

    >>> declare_step({"case": {"country": "upper"}}).settings
    {'country': {'to': 'upper'}}
    >>> declare_step({"trim": ["name", "city"]}).columns
    ('name', 'city')
    """
    if list(declared) == [DEDUPLICATE]:
        at = ", ".join(filter(None, (place, f"step {DEDUPLICATE}")))
        return declare_duplicates(declared[DEDUPLICATE], at)
    kind = _kind(declared, place)
    at = ", ".join(filter(None, (place, f"step {kind.name}")))
    columns = _spread(kind, declared[kind.name], at)
    return CleaningStep(
        kind.name, {name: _settings(kind, name, value, at) for name, value in columns.items()}
    )


def _kind(declared: Mapping[str, object], place: str) -> CellKind:
    named = [str(key) for key in declared]
    if len(named) == 1:
        return kind_of(named[0], place=place)
    what = f"a step has one key that names its kind, found {', '.join(named) or 'none'}"
    unknown = next((key for key in named if key not in KINDS), "")
    raise DeclarationError(what, place=place, mend=f"write one step per entry; {near_names(unknown, KINDS)}")


def _spread(kind: CellKind, value: object, at: str) -> dict[str, object]:
    """What is said of each column, whichever form it is written in."""
    if isinstance(value, str):
        return {_name(kind, value, at): {}}
    if isinstance(value, Mapping) and value:
        return {_name(kind, name, at): said for name, said in value.items()}
    if not isinstance(value, list | tuple) or not value:
        raise DeclarationError(f"{value!r} names no column", place=at, mend=f"write it like {kind.example}")
    names = [_name(kind, name, at) for name in value]
    if len(set(names)) < len(names):
        raise DeclarationError(f"a column is named twice: {', '.join(names)}", place=at, mend="name it once")
    return {name: {} for name in names}


def _name(kind: CellKind, name: object, at: str) -> str:
    if not isinstance(name, str):
        mend = "put the name in quotes: YAML reads a bare yes, no, on and off as booleans"
        raise DeclarationError(f"{name!r} is not a name", place=at, mend=mend)
    if name == EVERY_TEXT and not kind.takes_every_text:
        raise DeclarationError(
            f"{kind.name} is for columns by their names", place=at, mend=f"write it like {kind.example}"
        )
    if name.startswith("_"):
        mend = "leave it out: it says where the row comes from"
        raise DeclarationError(f"{name} is not cleaned", place=at, mend=mend)
    return name


def _settings(kind: CellKind, column: str, value: object, at: str) -> Settings:
    place = f"{at}, column {column}"
    spread = {} if value is None else kind.of_column(value)
    if spread is None:
        raise DeclarationError(
            f"{value!r} says too little", place=place, mend=f"write it like {kind.example}"
        )
    options = {str(name): said for name, said in spread.items()}
    return kind.read(Given(options, kind.options, kind.example, place))
