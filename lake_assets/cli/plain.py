"""Frozen values as JSON knows them."""

from __future__ import annotations

from dataclasses import fields, is_dataclass

__all__ = ["plain"]


def plain(value: object) -> object:
    """A value with every dataclass in it as an object, and every sequence as a list.

    >>> from lake_assets.model import Place
    >>> plain({"at": (Place("a.yaml", 3),)})
    {'at': [{'file': 'a.yaml', 'line': 3}]}
    """
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, dict):
        return {name: plain(each) for name, each in value.items()}
    return [plain(each) for each in value] if isinstance(value, list | tuple) else value
