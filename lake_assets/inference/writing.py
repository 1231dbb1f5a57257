"""A draft among the declarations of a lake."""

from __future__ import annotations

from pathlib import Path

from lake_assets.declarations import load_declarations
from lake_assets.errors import DeclarationError, StorageError
from lake_assets.inference.draft import SourceDraft
from lake_assets.inference.yaml_text import yaml_text

__all__ = ["write_source"]

_FILE = "defs.yaml"


def write_source(draft: SourceDraft, folder: Path) -> Path:
    """Write `NAME/defs.yaml`; nothing is overwritten.

    Args:
        draft: The source.
        folder: Of declarations; it is made where there is none.

    Returns:
        The path of the file.

    Raises:
        DeclarationError: When the file is there already, a name is taken, or the other declarations do not load.
        StorageError: When it cannot be written.
    """
    path = folder / draft.name / _FILE
    if path.exists():
        mend = "give another --name, or change that file by hand"
        raise DeclarationError(f"the source {draft.name} is declared already", place=str(path), mend=mend)
    _refuse_taken(draft, folder)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as opened:
            opened.write(yaml_text(draft))
    except OSError as error:
        mend = "give another folder by --defs, or the right to write there"
        raise StorageError(
            f"the declaration cannot be written: {error.strerror}", place=str(path), mend=mend
        ) from error
    return path


def _refuse_taken(draft: SourceDraft, folder: Path) -> None:
    if not folder.is_dir():
        return
    declared = load_declarations([folder])
    sources = {source.name: source for source in declared.sources}
    datasets = {dataset.name: dataset for dataset in declared.datasets}
    wanted = [each.name for each in draft.datasets if each.name in datasets]
    places = [str(sources[draft.name].place)] if draft.name in sources else []
    places += [str(datasets[name].place) for name in wanted]
    if places:
        taken = ", ".join(wanted) or draft.name
        mend = "give another --name; of several tables, rename those by hand in what `lake infer` prints"
        raise DeclarationError(f"the lake has {taken} already", place=places[0], mend=mend)
