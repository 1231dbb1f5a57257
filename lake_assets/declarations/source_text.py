"""The attributes of a source as YAML that people read: a line for each column, a line for each rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

import yaml

__all__ = ["source_text"]

_WIDTH = 1 << 20
_LINE_EACH = ("columns", "rules")


def source_text(attributes: Mapping[str, object], notes: Sequence[str] = ()) -> str:
    """A document of `lake_assets.Source`.

    Args:
        attributes: As they are declared.
        notes: What stands above, as comments.

    >>> print(source_text({"connector": "filesystem", "datasets": {"hires": {"from": "*.csv"}}}, ["by hand"]))
    # by hand
    type: lake_assets.Source
    attributes:
      connector: filesystem
      datasets:
        hires:
          from: '*.csv'
    <BLANKLINE>
    """
    return "\n".join([*(f"# {note}" for note in notes), *_source(attributes)]) + "\n"


def _source(attributes: Mapping[str, object]) -> Iterator[str]:
    yield "type: lake_assets.Source"
    yield "attributes:"
    yield from (
        f"  {_flow(name)}: {_flow(value)}" for name, value in attributes.items() if name != "datasets"
    )
    yield "  datasets:"
    for name, dataset in cast("Mapping[str, Mapping[str, object]]", attributes["datasets"]).items():
        yield f"    {_flow(name)}:"
        yield from (f"      {line}" for line in _dataset(dataset))


def _dataset(attributes: Mapping[str, object]) -> Iterator[str]:
    for name, value in attributes.items():
        if name not in _LINE_EACH or not value:
            yield f"{_flow(name)}: {_flow(value)}"
            continue
        yield f"{name}:"
        if isinstance(value, Mapping):
            yield from (f"  {_flow(key)}: {_flow(each)}" for key, each in value.items())
        else:
            yield from (f"  - {_flow(each)}" for each in cast("Sequence[object]", value))


def _flow(value: object) -> str:
    """A value on one line."""
    text = yaml.safe_dump(
        _plain(value), default_flow_style=True, sort_keys=False, allow_unicode=True, width=_WIDTH
    )
    return text.removesuffix("\n").removesuffix("\n...")


def _plain(value: object) -> object:
    """Without tuples and shared parts, which YAML writes with tags and anchors."""
    if isinstance(value, Mapping):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(each) for each in value]
    return value
