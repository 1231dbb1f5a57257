"""A source's YAML among the declarations of a lake."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from lake_assets.declarations.load import load_declarations
from lake_assets.errors import DeclarationError, StorageError

__all__ = ["write_declaration"]

_FILE = "defs.yaml"


def write_declaration(text: str, source: str, datasets: Iterable[str], folder: Path) -> Path:
    """Write `SOURCE/defs.yaml`; nothing is overwritten.

    Args:
        text: The YAML.
        source: The name of the source that it declares.
        datasets: The names of its datasets.
        folder: Of declarations; it is made where there is none.

    Returns:
        The path of the file.

    Raises:
        DeclarationError: When the file is there already, a name is taken, or the other declarations do not load.
        StorageError: When it cannot be written.
    """
    path = folder / source / _FILE
    if path.exists():
        mend = "remove that file first, or change it by hand"
        raise DeclarationError(f"the source {source} is declared already", place=str(path), mend=mend)
    _refuse_taken(source, datasets, folder)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as opened:
            opened.write(text)
    except OSError as error:
        mend = "give another folder by --defs, or the right to write there"
        what = f"the declaration cannot be written: {error.strerror}"
        raise StorageError(what, place=str(path), mend=mend) from error
    return path


def _refuse_taken(source: str, names: Iterable[str], folder: Path) -> None:
    if not folder.is_dir():
        return
    declared = load_declarations([folder])
    taken = {each.name: each.place for each in declared.sources if each.name == source}
    taken |= {each.name: each.place for each in declared.datasets if each.name in set(names)}
    if taken:
        what = f"the lake has {', '.join(taken)} already"
        raise DeclarationError(what, place=str(next(iter(taken.values()))), mend="rename one of them")
