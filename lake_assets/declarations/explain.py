"""What pydantic finds wrong, in the words of the declarations."""

from __future__ import annotations

import re
from collections.abc import Callable

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails, InitErrorDetails

from lake_assets.declarations.known_names import known_names
from lake_assets.declarations.names import declared_fault
from lake_assets.declarations.places import KEY, Loc
from lake_assets.errors import near_names

__all__ = ["explain", "explained", "shown_at"]

Told = tuple[str, str]

_QUOTES = {
    bool: "put it in quotes: YAML reads a bare yes, no, on and off as true or false",
    int: "put it in quotes",
    float: "put it in quotes",
    type(None): "give a text, or leave the attribute out",
}


def explain(details: ErrorDetails, model: type[BaseModel], *, shows_value: bool = True) -> Told:
    """What is wrong and how to mend it, for one of the errors of a validation.

    Args:
        details: The error, as pydantic tells it.
        model: What was validated.
        shows_value: Whether a wrong value may be shown; no where it might be a secret.
    """
    kind = details["type"]
    if kind == "declaration":
        context = details.get("ctx", {})
        return str(context.get("what")), str(context.get("mend"))
    if kind in {"extra_forbidden", "missing"}:
        return _WORDS[kind](details, model)
    if kind in {"enum", "literal_error"}:
        return _not_among(details, shows_value=shows_value)
    return _EXPECTED.get(kind, _as_it_is)(details)


def explained(
    error: ValidationError, model: type[BaseModel], *, within: Loc = (), shows_value: bool = False
) -> list[InitErrorDetails]:
    """The same errors with their explanations inside, to be raised by the validator of another model.

    Args:
        error: What the validation raised.
        model: What was validated.
        within: The way from the model to what was validated, when that was only a part of it.
        shows_value: Whether a wrong value may be shown.

    Returns:
        One line per error, its `loc` as in `error`.
    """
    lines = []
    for details in error.errors(include_url=False):
        placed = ErrorDetails({**details, "loc": (*within, *details["loc"])})
        fault = declared_fault(*explain(placed, model, shows_value=shows_value))
        lines.append(InitErrorDetails(type=fault, loc=shown_at(details), input=details["input"]))
    return lines


def shown_at(details: ErrorDetails) -> Loc:
    """Where to point: an unknown name where it stands, a missing one at the name of what lacks it."""
    loc = details["loc"]
    if details["type"] == "extra_forbidden":
        return (*loc, KEY)
    return (*loc[:-1], KEY) if details["type"] == "missing" else loc


def _unknown(details: ErrorDetails, model: type[BaseModel]) -> Told:
    *above, name = details["loc"]
    known = known_names(model, tuple(above))
    return f"unknown attribute {name!r}", near_names(
        str(name), known
    ) if known else "drop it: none is known here"


def _missing(details: ErrorDetails, _: type[BaseModel]) -> Told:
    name = details["loc"][-1]
    return f"the attribute {name!r} is missing", f"add {name}"


def _not_among(details: ErrorDetails, *, shows_value: bool) -> Told:
    known = re.findall(r"'([^']*)'", str(details.get("ctx", {}).get("expected")))
    value = details["input"]
    what = f"{value!r} is none of the known values" if shows_value else "none of the known values"
    return what, near_names(str(value), known)


def _no_text(details: ErrorDetails) -> Told:
    return f"expected text, found {_kind_of(details['input'])}", _QUOTES.get(type(details["input"]), "")


def _no_mapping(details: ErrorDetails) -> Told:
    return f"expected a mapping, found {_kind_of(details['input'])}", ""


def _no_list(details: ErrorDetails) -> Told:
    return f"expected a list, found {_kind_of(details['input'])}", ""


def _no_truth(details: ErrorDetails) -> Told:
    return f"expected true or false, found {_kind_of(details['input'])}", ""


def _empty(_: ErrorDetails) -> Told:
    return "must not be empty", ""


def _as_it_is(details: ErrorDetails) -> Told:
    return details["msg"].removeprefix("Value error, "), ""


def _kind_of(value: object) -> str:
    kinds = {dict: "a mapping", list: "a list", str: "text", bool: str(value).lower(), type(None): "nothing"}
    return kinds.get(type(value), "a number")


_WORDS: dict[str, Callable[[ErrorDetails, type[BaseModel]], Told]] = {
    "extra_forbidden": _unknown,
    "missing": _missing,
}

_EXPECTED: dict[str, Callable[[ErrorDetails], Told]] = {
    "string_type": _no_text,
    "dict_type": _no_mapping,
    "model_type": _no_mapping,
    "list_type": _no_list,
    "tuple_type": _no_list,
    "bool_type": _no_truth,
    "bool_parsing": _no_truth,
    "string_too_short": _empty,
    "too_short": _empty,
}
