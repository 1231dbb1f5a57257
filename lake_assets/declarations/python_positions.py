"""Where a function of a Python file and what its decorator declares stand."""

from __future__ import annotations

import ast

from lake_assets.declarations.places import KEY, Loc, Places
from lake_assets.model import Place

__all__ = ["FunctionPositions", "function_positions"]

_Function = ast.FunctionDef | ast.AsyncFunctionDef
_Found = ast.expr | ast.keyword | _Function


class FunctionPositions(Places):
    """The places of one decorated function; what its decorator does not write out stands where the way breaks off.

    Args:
        function: The parsed function.
        file: The path to show.
    """

    def __init__(self, function: _Function, file: str) -> None:
        """Keep the parsed function."""
        super().__init__(file)
        self._function = function

    def place(self, loc: Loc = ()) -> Place:
        """The file and the line; of the `def` for an empty way."""
        return Place(self.file, self._find(loc).lineno)

    def spot(self, loc: Loc) -> str:
        """The place as `file:line:column, function name`."""
        found = self._find(loc)
        return f"{self.file}:{found.lineno}:{found.col_offset + 1}, function {self._function.name}"

    def _find(self, loc: Loc) -> _Found:
        name: _Found = self._function
        value = name
        for step in loc:
            name, value = _entry(value, step) or (name, value)
        return name if loc[-1:] == (KEY,) else value


def function_positions(tree: ast.Module, file: str) -> dict[int, FunctionPositions]:
    """The functions of a module by their first line: that of the first decorator, as their code has it."""
    functions = (node for node in ast.walk(tree) if isinstance(node, _Function))
    return {_first_line(node): FunctionPositions(node, file) for node in functions}


def _first_line(function: _Function) -> int:
    return min([function.lineno, *(decorator.lineno for decorator in function.decorator_list)])


def _entry(node: _Found, step: str | int) -> tuple[_Found, _Found] | None:
    if isinstance(node, _Function):
        calls = [decorator for decorator in node.decorator_list if isinstance(decorator, ast.Call)]
        words = [word for call in calls for word in call.keywords if word.arg == step]
        return (words[0], words[0].value) if words else None
    if isinstance(node, ast.Dict):
        pairs = zip(node.keys, node.values, strict=True)
        return next(((key, value) for key, value in pairs if _is_named(key, step) and key), None)
    if isinstance(node, ast.List | ast.Tuple) and isinstance(step, int) and step < len(node.elts):
        return node.elts[step], node.elts[step]
    return None


def _is_named(key: ast.expr | None, step: str | int) -> bool:
    return isinstance(key, ast.Constant) and key.value == step
