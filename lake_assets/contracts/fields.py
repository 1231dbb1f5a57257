"""Fields of a contract that a declaration holds as tags: what Dagster's catalogue can show beside a table."""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["DEFAULTS", "FIELDS", "fields_of", "is_tag", "tag_of"]

FIELDS = ("id", "version", "status", "domain", "tenant", "dataProduct")
"""In the order of a contract."""

DEFAULTS = {"version": "1.0.0", "status": "active"}
"""What a contract says where no tag says otherwise."""

_PREFIX = "contract."
_TAG = re.compile(r"[A-Za-z0-9_.-]{1,63}")
"""What Dagster takes as the value of a tag."""


def is_tag(value: str) -> bool:
    """Whether a text can be the value of a tag."""
    return bool(_TAG.fullmatch(value))


def tag_of(field: str, value: str) -> str:
    """The tag that holds a field.

    >>> tag_of("version", "2.1.0")
    'contract.version:2.1.0'
    """
    return f"{_PREFIX}{field}:{value}"


def fields_of(tags: Iterable[str]) -> tuple[dict[str, str], list[str]]:
    """The fields that tags hold, and the other tags.

    >>> fields_of(["mobility", "contract.status:draft"])
    ({'status': 'draft'}, ['mobility'])
    """
    fields, others = {}, []
    for tag in tags:
        name, _, value = tag.removeprefix(_PREFIX).partition(":")
        if tag.startswith(_PREFIX) and name in FIELDS:
            fields[name] = value
        else:
            others.append(tag)
    return fields, others
