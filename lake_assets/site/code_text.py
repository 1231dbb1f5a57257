"""How a table is made, as a text: the query, the function, or the mapping of its dataset."""

from __future__ import annotations

import inspect
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from lake_assets.model import Column, Dataset, Transformation, WriteMode, Zone
from lake_assets.site.declared import Declared

__all__ = ["CodeText", "code_of"]

_NOT_SHOWN = "(not shown: personal)"
_DUMPER: type = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


@dataclass(frozen=True)
class CodeText:
    """A text in a language.

    Args:
        language: `sql`, `python` or `yaml`.
        text: The text.
    """

    language: str
    text: str


def code_of(declared: Declared, hidden: Collection[str]) -> CodeText | None:
    """How a table is made; None where nothing is declared.

    Options of connectors and formats are left out, which may hold what is not for everybody.

    Args:
        declared: The table.
        hidden: Its personal columns; what steps say of them is left out.
    """
    if declared.transformation is not None:
        return _of_transformation(declared.transformation)
    dataset, zone = declared.dataset, declared.ref.zone
    if dataset is None or zone is Zone.QUARANTINE:
        return None
    facts = _mapping(dataset) if zone is Zone.FORMATTED else _writing(dataset, hidden)
    return CodeText("yaml", _yaml(facts)) if facts else None


def _of_transformation(made: Transformation) -> CodeText | None:
    if made.is_sql:
        return CodeText("sql", _as_written(made))
    try:
        source = inspect.getsource(inspect.unwrap(made.function)) if made.function else ""
    except (OSError, TypeError):  # made in a session, or its file is gone
        return None
    return CodeText("python", inspect.cleandoc(source) if source.startswith(" ") else source.strip())


def _as_written(made: Transformation) -> str:
    """The query as its file has it, with its comments, below the front matter."""
    path = Path(made.place.file)
    if not path.is_file():
        return made.sql
    lines = path.read_text(encoding="utf-8").splitlines()
    return "\n".join(lines[max(0, made.place.line - 1) :]).strip() or made.sql


def _mapping(dataset: Dataset) -> dict[str, object]:
    mapping = dataset.mapping
    told = {
        "format": dataset.format,
        "drift": mapping.drift.value,
        "null_tokens": list(mapping.null_tokens),
        "layouts": {kind.value: layout for kind, layout in mapping.layouts},
        "columns": {column.name: _column(column) for column in mapping.columns},
    }
    return _told(told)


def _column(column: Column) -> dict[str, object]:
    others = list(column.other_names)
    is_renamed = column.source_name != column.name
    return _told(
        {
            "type": column.kind.value,
            "from": [column.source_name, *others] if others else (column.source_name if is_renamed else ""),
            "layout": column.layout,
            "unit": column.unit,
            "personal": column.is_personal,
        }
    )


def _writing(dataset: Dataset, hidden: Collection[str]) -> dict[str, object]:
    steps = [{each.kind: _settings(each.settings, hidden) | each.options} for each in dataset.clean]
    is_snapshot = dataset.write_mode is WriteMode.SNAPSHOT
    told = {
        "parent": dataset.parent,
        "elements_of": dataset.origin if dataset.parent else "",
        "key": list(dataset.key),
        "write": dataset.write_mode.value,
        "order_by": dataset.order_by,
        "valid_from": dataset.valid_from,
        "deletions": dataset.deletions.value if is_snapshot else "",
        "clean": steps,
    }
    return _told(told)


def _settings(settings: Mapping[str, Mapping[str, object]], hidden: Collection[str]) -> dict[str, object]:
    return {name: _NOT_SHOWN if name in hidden and said else dict(said) for name, said in settings.items()}


def _told(values: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in values.items() if value}


def _yaml(facts: dict[str, object]) -> str:
    dumped: str = yaml.dump(
        facts, Dumper=_DUMPER, sort_keys=False, allow_unicode=True, default_flow_style=None, width=100
    )
    return dumped.strip()
