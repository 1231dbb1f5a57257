"""The transformations of a folder: its SQL files and the declared functions of its Python files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from lake_assets.declarations.faults import noting, raise_noted
from lake_assets.declarations.python_file import read_python_file
from lake_assets.declarations.sql_file import read_sql_file
from lake_assets.errors import DeclarationError
from lake_assets.model import Transformation

__all__ = ["load_transformations"]


def load_transformations(folder: Path, owner: str = "") -> list[Transformation]:
    """The transformations of every `*.sql` and `*.py` in a folder, by file name; `_*.py` is passed over.

    Args:
        folder: The folder; not those below it. Its Python files are run.
        owner: Who answers for a table whose declaration names nobody.

    Raises:
        DeclarationError: When there is no such folder or a declaration is not valid, with every fault.
    """
    if not folder.is_dir():
        raise DeclarationError(
            "there is no such folder of transformations", place=str(folder), mend="correct the path"
        )
    faults: list[DeclarationError] = []
    made: list[Transformation] = []
    for path in sorted(folder.iterdir()):
        with noting(faults):
            made += _read(path, owner)
    raise_noted(faults)
    return made


def _read(path: Path, owner: str) -> Sequence[Transformation]:
    reader = _READERS.get(path.suffix)
    return reader(path, owner) if reader and path.is_file() and not path.name.startswith(("_", ".")) else []


def _sql(path: Path, owner: str) -> Sequence[Transformation]:
    return [read_sql_file(path, owner)]


_READERS: dict[str, Callable[[Path, str], Sequence[Transformation]]] = {".sql": _sql, ".py": read_python_file}
