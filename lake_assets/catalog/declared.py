"""What is declared, as rows of the artefacts of definitions: the same values for the same declarations."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lake_assets.catalog.connection import connection_of, credentials_of
from lake_assets.contracts import dimension_of
from lake_assets.declarations import Declarations, hidden_columns
from lake_assets.model import Dataset, Place, Rule, Source, TableRef, Term, Transformation, Zone
from lake_assets.quality import KINDS, describe_rule

__all__ = ["Definition", "declared_definitions"]

_DIGITS = 16
_HIDDEN = "(personal)"


@dataclass(frozen=True)
class Definition:
    """One thing that is declared.

    Args:
        artefact: The artefact that it belongs to.
        name: Unique in the artefact.
        content: What is declared of it, JSON values by the columns of the artefact.
    """

    artefact: str
    name: str
    content: Mapping[str, object]

    @cached_property
    def text(self) -> str:
        """The content as JSON."""
        return json.dumps(self.content, ensure_ascii=False, default=str)

    @cached_property
    def content_hash(self) -> str:
        """Changes whenever the content does."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:_DIGITS]


def declared_definitions(declarations: Declarations, folders: Sequence[Path]) -> list[Definition]:
    """Everything that is declared.

    Args:
        declarations: Of the lake.
        folders: The folders of declarations, which paths are told from.
    """
    paths = _Paths(folders)
    return [
        *(_collector(source, paths) for source in declarations.sources),
        *(_source(source, each) for source in declarations.sources for each in _all(source)),
        *(
            rule
            for each in declarations.tables
            for rule in _rules(declarations, each.table(Zone.TRUSTED), each.rules, each.place, paths)
        ),
        *(
            rule
            for each in declarations.transformations
            for rule in _rules(declarations, each.target, each.rules, each.place, paths)
        ),
        *(_target(each, paths) for each in declarations.transformations),
        *(_term(term, paths) for term in declarations.terms),
    ]


class _Paths:
    """Tells files from their folder of declarations on, so that they are called the same on every machine."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = [folder.absolute() for folder in folders]
        self._known: dict[str, str] = {}

    def of(self, place: Place) -> str:
        if place.file not in self._known:
            self._known[place.file] = self._told(Path(place.file)) if place.file else ""
        return self._known[place.file]

    def _told(self, path: Path) -> str:
        whole = path.absolute()
        below = (folder for folder in self._folders if whole.is_relative_to(folder))
        return next((whole.relative_to(folder).as_posix() for folder in below), path.name)


def _all(source: Source) -> Iterator[Dataset]:
    for dataset in source.datasets:
        yield dataset
        yield from dataset.children


def _collector(source: Source, paths: _Paths) -> Definition:
    collects = {
        each.name: connection_of({"from": each.origin, **each.connector_options}) for each in source.datasets
    }
    content = {
        "source": source.name,
        "connector": source.connector,
        "connection": _json(connection_of(source.connector_options)),
        "credentials": credentials_of(
            source.connector_options, *(each.connector_options for each in source.datasets)
        ),
        "every_s": source.every_s,
        "collects": _json(collects),
        "owner": source.owner,
        "path": paths.of(source.place),
    }
    return Definition("data_collectors", source.name, content)


def _source(source: Source, dataset: Dataset) -> Definition:
    content = {
        "source": source.name,
        "dataset": dataset.name,
        "description": dataset.description,
        "source_description": source.description,
        "owner": dataset.owner,
        "licence": _licence(source, dataset),
        "grain": dataset.grain,
        "key": list(dataset.key),
        "write_mode": dataset.write_mode.value,
        "format": dataset.format,
        "tags": list(dataset.tags),
        "personal_columns": [each.name for each in dataset.mapping.columns if each.is_personal],
    }
    return Definition("data_sources", dataset.name, content)


def _licence(source: Source, dataset: Dataset) -> str:
    own = (tag.removeprefix("licence:") for tag in dataset.tags if tag.startswith("licence:"))
    return next(own, source.licence)


def _rules(
    declarations: Declarations, table: TableRef, rules: Sequence[Rule], place: Place, paths: _Paths
) -> Iterator[Definition]:
    hidden = hidden_columns(declarations, table) if rules else set()
    for rule in rules:
        yield _rule(table, rule, place, paths, is_personal=not hidden.isdisjoint(rule.columns))


def _rule(table: TableRef, rule: Rule, place: Place, paths: _Paths, *, is_personal: bool) -> Definition:
    """A rule; of one about personal columns not what values it names, which may be of persons."""
    content = {
        "table": str(table),
        "rule_id": rule.rule_id,
        "kind": rule.kind,
        "columns": list(rule.columns),
        "parameters": _HIDDEN if is_personal else _json(rule.parameters),
        "severity": rule.severity.value,
        "dimension": dimension_of(rule),
        "description": describe_rule(rule) if rule.kind in KINDS and not is_personal else "",
        "reason": rule.reason,
        "owner": rule.owner,
        "version": rule.version,
        "path": paths.of(place),
    }
    return Definition("quality_rules", f"{table}:{rule.rule_id}", content)


def _target(made: Transformation, paths: _Paths) -> Definition:
    columns = {
        name: {"description": meaning, **({"unit": made.units[name]} if name in made.units else {})}
        for name, meaning in made.columns.items()
    }
    content = {
        "table": str(made.target),
        "description": made.description,
        "grain": made.grain,
        "key": list(made.key),
        "owner": made.owner,
        "consumers": list(made.consumers),
        "inputs": [str(ref) for ref in made.inputs.values()],
        "language": "sql" if made.is_sql else "python",
        "engine": made.engine,
        "incremental_on": str(made.incremental_on or ""),
        "columns": _json(columns),
        "code_hash": made.code_hash,
        "path": paths.of(made.place),
    }
    return Definition("targets", str(made.target), content)


def _term(term: Term, paths: _Paths) -> Definition:
    content = {
        "term": term.name,
        "definition": term.definition,
        "synonyms": list(term.synonyms),
        "binds": [str(each) for each in term.binds],
        "owner": term.owner,
        "path": paths.of(term.place),
    }
    return Definition("vocabulary", term.name, content)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str, sort_keys=True)
