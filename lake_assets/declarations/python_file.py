"""The exploitation tables that the functions of one Python file make."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType

from lake_assets.declarations.checked import checked
from lake_assets.declarations.exploitation_table import DECLARED
from lake_assets.declarations.faults import noting, raise_noted
from lake_assets.declarations.function_inputs import function_inputs
from lake_assets.declarations.names import check_name
from lake_assets.declarations.python_module import import_file
from lake_assets.declarations.python_positions import FunctionPositions, function_positions
from lake_assets.declarations.table_spec import FunctionSpec
from lake_assets.declarations.to_transformation import Code, to_transformation
from lake_assets.declarations.yaml_text import read_text
from lake_assets.errors import DeclarationError
from lake_assets.model import Transformation

__all__ = ["read_python_file"]


def read_python_file(path: Path, owner: str = "") -> list[Transformation]:
    """The transformations of a file, in its order: one for each function under `exploitation_table`.

    The hash of their code is that of the whole file, for functions call one another.

    Args:
        path: The file; it is run.
        owner: Who answers for a table whose declaration names nobody.

    Raises:
        DeclarationError: When it cannot be imported or a declaration is not valid, with every fault.
    """
    module, text = import_file(path), read_text(path)
    positions = function_positions(ast.parse(text), str(path))
    faults: list[DeclarationError] = []
    made: list[Transformation] = []
    for function in _declared(module):
        with noting(faults):
            made.append(_transformation(function, _found(function, positions, path), text, owner))
    raise_noted(faults)
    return sorted(made, key=lambda transformation: transformation.place.line)


def _declared(module: ModuleType) -> list[Callable[..., object]]:
    """The functions declared here; those that the file imports belong to the file that declares them."""
    found = [each for each in vars(module).values() if inspect.isfunction(each) and DECLARED in vars(each)]
    return list(dict.fromkeys(each for each in found if each.__module__ == module.__name__))


def _found(
    function: Callable[..., object], positions: Mapping[int, FunctionPositions], path: Path
) -> FunctionPositions:
    line = inspect.unwrap(function).__code__.co_firstlineno
    if line not in positions:
        what = f"{function.__name__} makes a table, but no def of this file makes it"
        raise DeclarationError(what, place=f"{path}:{line}:1", mend="write it as a function with def")
    return positions[line]


def _transformation(
    function: Callable[..., object], positions: FunctionPositions, text: str, owner: str
) -> Transformation:
    name = function.__name__
    check_name(name, "table", positions.text(), "rename the function to {}")
    spec = checked(FunctionSpec, vars(function)[DECLARED], positions)
    code = Code(function_inputs(function, spec.inputs, positions), (name, text), function=function)
    return to_transformation(name, spec, code, owner, positions.place(), positions.text(("incremental_on",)))
