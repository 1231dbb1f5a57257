"""The tables that the parameters of a function stand for."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from inspect import Parameter

from lake_assets.declarations.faults import noting, raise_noted
from lake_assets.declarations.places import KEY, Places
from lake_assets.errors import DeclarationError, UnknownTableError, near_names
from lake_assets.model import TableRef

__all__ = ["function_inputs"]

_PLAIN = {Parameter.POSITIONAL_ONLY, Parameter.POSITIONAL_OR_KEYWORD}


def function_inputs(
    function: Callable[..., object], named: Mapping[str, str], places: Places
) -> dict[str, TableRef]:
    """The inputs of a function, in the order of its parameters.

    Args:
        function: Takes one frame for each of them.
        named: Tables by parameter; another parameter stands for the trusted table of its name.
        places: Where the function and what its decorator declares stand.

    Raises:
        DeclarationError: When a named table has no parameter, or a parameter cannot stand for a table.
    """
    parameters = inspect.signature(function).parameters
    faults = [_unknown(name, parameters, places) for name in named if name not in parameters]
    inputs: dict[str, TableRef] = {}
    for name, parameter in parameters.items():
        with noting(faults):
            if name in named or parameter.default is Parameter.empty:
                _refuse_odd(parameter, places)
                inputs[name] = _table(named.get(name, f"trusted.{name}"), places)
    raise_noted(faults)
    return inputs


def _unknown(name: str, parameters: Mapping[str, Parameter], places: Places) -> DeclarationError:
    what, place = f"the function has no parameter {name!r}", places.text(("inputs", name, KEY))
    return DeclarationError(what, place=place, mend=near_names(name, parameters))


def _refuse_odd(parameter: Parameter, places: Places) -> None:
    if parameter.kind not in _PLAIN:
        what = f"the parameter {parameter} cannot stand for a table"
        raise DeclarationError(what, place=places.text(), mend="take each table as a plain parameter")


def _table(text: str, places: Places) -> TableRef:
    try:
        return TableRef.parse(text)
    except UnknownTableError as error:
        raise DeclarationError(
            error.what, place=places.text(), mend="name the parameter in inputs"
        ) from error
