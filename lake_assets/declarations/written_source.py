"""The attributes of a source as its file has them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import cast

from lake_assets.declarations.contract_file import read_contract
from lake_assets.declarations.yaml_text import build_yaml, compose_yaml, read_text
from lake_assets.errors import DeclarationError
from lake_assets.model import Dataset

__all__ = ["written_source"]

Attributes = Mapping[str, object]


def written_source(dataset: Dataset) -> dict[str, object]:
    """The attributes of the source of a dataset, with this dataset only, as somebody wrote them.

    Args:
        dataset: As loaded from a file.

    Returns:
        The attributes with the source's name; what a contract holds of the dataset is filled in.

    Raises:
        DeclarationError: When its file does not declare it any more.
    """
    path = Path(dataset.place.file)
    for source in _sources_in(path):
        datasets = source.get("datasets")
        if isinstance(datasets, Mapping) and dataset.name in datasets:
            one = _filled_in(cast("Attributes", datasets[dataset.name]), dataset.name, path)
            return {**source, "name": dataset.source, "datasets": {dataset.name: one}}
    mend = "declare the dataset in YAML, and load the declarations anew"
    raise DeclarationError(
        f"the dataset {dataset.name} is not declared there", place=str(dataset.place), mend=mend
    )


def _sources_in(path: Path) -> Iterator[Attributes]:
    """Every mapping of a file that may hold the attributes of a source."""
    for node in compose_yaml(read_text(path), str(path)):
        value, _ = build_yaml(node, str(path))
        document = cast("Attributes", value) if isinstance(value, Mapping) else {}
        attributes = document.get("attributes", document)
        yield from _mappings(attributes)
        if isinstance(attributes, Mapping):
            yield from (each for one in attributes.values() for each in _mappings(one))
            yield from (each for one in _named(attributes.get("sources")) for each in _mappings(one))


def _named(sources: object) -> Iterator[object]:
    if isinstance(sources, Mapping):
        yield from sources.values()


def _mappings(value: object) -> Iterator[Attributes]:
    if isinstance(value, Mapping):
        yield value


def _filled_in(written: Attributes, name: str, path: Path) -> dict[str, object]:
    """The attributes of a dataset, and behind them those of its contract."""
    if not written.get("contract"):
        return dict(written)
    held = read_contract(path.absolute().parent / str(written["contract"])).table(name)
    rules = [*_list(held.get("rules")), *_list(written.get("rules"))]
    return {
        **{each: value for each, value in held.items() if each not in {"from", "format", "options"}},
        **{each: value for each, value in written.items() if each != "contract"},
        "columns": _columns(held.get("columns"), written.get("columns")),
        "rules": [rule for place, rule in enumerate(rules) if rule not in rules[:place]],
    }


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _columns(held: object, written: object) -> dict[str, object]:
    columns: dict[str, object] = dict(held) if isinstance(held, Mapping) else {}
    for name, column in (written if isinstance(written, Mapping) else {}).items():
        known = columns.get(name)
        long = column if isinstance(column, Mapping) else {"type": column}
        columns[name] = {**known, **long} if isinstance(known, Mapping) else column
    return columns
