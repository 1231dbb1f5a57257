"""Names that must be unique in the lake, and both places of one that is not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lake_assets.errors import DeclarationError
from lake_assets.model import Place, Source, Transformation

__all__ = ["repeated_names"]


def repeated_names(
    sources: Sequence[Source], transformations: Sequence[Transformation]
) -> list[DeclarationError]:
    """A fault for each source, dataset or exploitation table whose name another of them has already."""
    declared = [dataset for source in sources for dataset in source.datasets]
    datasets = [each for dataset in declared for each in (dataset, *dataset.children)]
    return [
        *_repeated("source", ((source.name, source.place) for source in sources)),
        *_repeated("dataset", ((dataset.name, dataset.place) for dataset in datasets)),
        *_repeated("exploitation table", ((each.target.name, each.place) for each in transformations)),
    ]


def _repeated(kind: str, named: Iterable[tuple[str, Place]]) -> list[DeclarationError]:
    first: dict[str, Place] = {}
    faults = []
    for name, place in named:
        if name in first:
            what = f"another {kind} is named {name!r} already, at {first[name]}"
            faults.append(DeclarationError(what, place=str(place), mend="rename one of them"))
        first.setdefault(name, place)
    return faults
