"""Which attributes a specification knows at a given place, for the hints of error messages."""

from __future__ import annotations

from types import UnionType
from typing import Annotated, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from lake_assets.declarations.places import Loc

__all__ = ["known_names"]


def known_names(model: type[BaseModel], loc: Loc) -> list[str]:
    """The attributes known at a place of a specification; empty where it names none.

    >>> from lake_assets.declarations import SourceSpec
    >>> known_names(SourceSpec, ("datasets", "hires", "columns", "price"))
    ['type', 'from', 'layout', 'unit', 'description', 'personal']
    """
    reached: list[object] = [model]
    for step in loc:
        within = [inner for outer in reached for inner in _within(outer, step)]
        reached = within or [outer for outer in reached if _is_tagged(outer, step)] or reached
    return [name for found in reached if _is_model(found) for name in _attributes(found)]


def _within(annotation: object, step: str | int) -> list[object]:
    if _is_model(annotation):
        attributes = _attributes(annotation)
        return _alternatives(attributes[str(step)]) if step in attributes else []
    arguments = get_args(annotation)
    kind = get_origin(annotation)
    if kind is dict:
        return _alternatives(arguments[1])
    return _alternatives(arguments[0]) if kind in {list, tuple} else []


def _attributes(model: object) -> dict[str, object]:
    fields = getattr(model, "model_fields", {})
    return {field.alias or name: field.annotation for name, field in fields.items()}


def _alternatives(annotation: object) -> list[object]:
    kind = get_origin(annotation)
    if kind is Annotated:
        return _alternatives(get_args(annotation)[0])
    if kind in {Union, UnionType}:
        return [inner for member in get_args(annotation) for inner in _alternatives(member)]
    return [annotation]


def _is_tagged(annotation: object, step: str | int) -> bool:
    """Whether a step chooses this member of a union: by its class, or by the value of its discriminator."""
    if not _is_model(annotation):
        return False
    literals = (get_args(kind) for kind in _attributes(annotation).values() if get_origin(kind) is Literal)
    return getattr(annotation, "__name__", "") == step or any(step in values for values in literals)


def _is_model(annotation: object) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)
