"""What a declaration names of Python: `file.py:name` beside it, or `package.module:name`."""

from __future__ import annotations

import importlib
import inspect
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from lake_assets.declarations.python_module import import_file
from lake_assets.declarations.yaml_text import read_text
from lake_assets.errors import DeclarationError, near_names
from lake_assets.model import Place

__all__ = ["Referenced", "look_up"]


@dataclass(frozen=True)
class Referenced:
    """Something of Python.

    Args:
        value: The function or class.
        code: The text of its file, for a hash that changes with it.
    """

    value: object
    code: str


def look_up(reference: str, place: Place) -> Referenced:
    """Import what a declaration names.

    Args:
        reference: `file.py:name`, from the folder of the declaration on, or `package.module:name`.
        place: Where it is declared.

    Raises:
        DeclarationError: When there is no such file, module or name, or importing it fails.
    """
    where, _, name = reference.rpartition(":")
    if where.endswith(".py"):
        path = Path(place.file).parent / where
        if not path.is_file():
            mend = near_names(where, (each.name for each in path.parent.glob("*.py")))
            raise DeclarationError(
                f"there is no file {where} beside the declaration", place=str(place), mend=mend
            )
        module, code = import_file(path), read_text(path)
    else:
        module, code = _imported(where, place)
    if not hasattr(module, name):
        mend = near_names(name, (each for each in vars(module) if not each.startswith("_")))
        raise DeclarationError(f"{where} has no {name!r}", place=str(place), mend=mend)
    return Referenced(getattr(module, name), code)


def _imported(where: str, place: Place) -> tuple[ModuleType, str]:
    try:
        module = importlib.import_module(where)
        return module, inspect.getsource(module)
    except (ImportError, OSError, TypeError) as error:
        mend = "install the package that has it, or write file.py:name for a file beside the declaration"
        raise DeclarationError(f"{where} cannot be imported: {error}", place=str(place), mend=mend) from error
