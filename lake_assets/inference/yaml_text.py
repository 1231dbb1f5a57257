"""A draft as YAML that loads, with room for what only people know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import yaml

from lake_assets.inference.column_draft import ColumnDraft
from lake_assets.inference.draft import DatasetDraft, SourceDraft
from lake_assets.model import Options

__all__ = ["yaml_text"]

_WIDTH = 1 << 20
_BLANK = '""'


def yaml_text(draft: SourceDraft) -> str:
    """The declaration of a source: a document of `lake_assets.Source`.

    Args:
        draft: What was found. No value of a personal column is written.
    """
    return "\n".join(_source(draft)) + "\n"


def _source(draft: SourceDraft) -> Iterator[str]:
    yield "# Inferred from a sample: read it, correct it, and fill in what is empty."
    yield from (f"# {note}" for note in draft.notes)
    yield "type: lake_assets.Source"
    yield "attributes:"
    yield f"  name: {_flow(draft.name)}"
    yield f"  description: {_BLANK}"
    yield f"  licence: {_BLANK}"
    yield "  # owner: team:..."
    yield "  # every: 15m"
    yield f"  connector: {_flow({'kind': draft.connector, **draft.connector_options})}"
    yield "  datasets:"
    for dataset in draft.datasets:
        yield from (f"    {line}" for line in _dataset(dataset))


def _dataset(draft: DatasetDraft) -> Iterator[str]:
    yield f"{_flow(draft.name)}:  # {_seen(draft)}"
    yield from (f"  {line}" for line in _attributes(draft))


def _seen(draft: DatasetDraft) -> str:
    part = "all" if draft.is_whole else "the first"
    bad = f", {draft.bad:,} more do not parse" if draft.bad else ""
    of = _count(draft.files, "file") if draft.files else "the table"
    return f"from {part} {_count(draft.rows, 'record')} of {of}{bad}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _attributes(draft: DatasetDraft) -> Iterator[str]:
    yield f"from: {_flow(draft.origin)}"
    yield f"format: {_flow(_choice(draft.kind, draft.options))}"
    if draft.dataset_options:
        yield f"options: {_flow(draft.dataset_options)}"
    for others in draft.other_options:
        yield f"# options: {_flow(others)}"
    yield from _keys(draft)
    if draft.null_tokens:
        yield f"null_tokens: {_flow(list(draft.null_tokens))}"
    yield f"description: {_BLANK}"
    yield f"grain: {_BLANK}"
    if draft.columns:
        yield "columns:"
        yield from (f"  {_column(each)}" for each in draft.columns)
    if draft.rules:
        yield "rules:"
        yield from (f"  - {_flow(rule)}" for rule in draft.rules)


def _choice(kind: str, options: Options) -> object:
    return {"kind": kind, **options} if options else kind


def _keys(draft: DatasetDraft) -> Iterator[str]:
    if draft.keys.best:
        yield f"key: {_flow(list(draft.keys.best))}"
    for names in draft.keys.others:
        yield f"# key: {_flow(list(names))}"


def _column(draft: ColumnDraft) -> str:
    column = draft.column
    attributes: dict[str, object] = {"type": column.kind.value}
    attributes |= {"from": column.source_name} if column.source_name != column.name else {}
    attributes |= {"layout": column.layout} if column.layout else {}
    attributes |= {"unit": column.unit} if column.unit else {}
    attributes |= {"personal": True} if column.is_personal else {}
    comment = f"  # {draft.meaning.name}" if draft.meaning else ""
    return f"{_flow(column.name)}: {_flow({**attributes, 'description': ''})}{comment}"


def _flow(value: object) -> str:
    """A value on one line."""
    text = yaml.dump(
        _plain(value),
        Dumper=_Dumper,
        default_flow_style=True,
        sort_keys=False,
        allow_unicode=True,
        width=_WIDTH,
    )
    return text.removesuffix("\n").removesuffix("\n...")


def _plain(value: object) -> object:
    """Without tuples, which YAML of Python writes with a tag."""
    if isinstance(value, Mapping):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(each) for each in value]
    return value


class _Dumper(yaml.SafeDumper):
    """Writes empty texts in double quotes, as a place to fill in."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = '"' if not text or "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)
