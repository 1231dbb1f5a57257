"""What is the standard's and not ours: its version, its model, its text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from pydantic import BaseModel

__all__ = ["API_VERSION", "KIND", "OURS", "contract_model", "contract_text", "custom", "without_empty"]

API_VERSION = "v3.1.0"
"""What we write; every v3 is read."""

KIND = "DataContract"

OURS = "lakeAssets"
"""The custom property that holds what the standard has no place for, as our declarations write it."""

_WIDTH = 120


def contract_model() -> type[BaseModel]:
    """The standard as a model of its own library, which takes a while to import."""
    from open_data_contract_standard.model import OpenDataContractStandard  # noqa: PLC0415 - a lake without contracts need not pay

    return OpenDataContractStandard


def contract_text(document: Mapping[str, object]) -> str:
    r"""A contract as YAML.

    >>> contract_text({"kind": "DataContract", "version": "1.0.0"})
    'kind: DataContract\nversion: 1.0.0\n'
    """
    return yaml.dump(
        document, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=_WIDTH, default_flow_style=False
    )


class _Dumper(yaml.SafeDumper):
    """Writes lists as they are, without anchors for those that occur twice."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - PyYAML's signature
        return True


def custom(name: str, value: object) -> dict[str, object]:
    """A custom property."""
    return {"property": name, "value": value}


def without_empty(values: Mapping[str, object]) -> dict[str, object]:
    """The entries that say something: false and 0 do, an empty text or list does not.

    >>> without_empty({"a": "", "b": 0, "c": None, "d": [], "e": False})
    {'b': 0, 'e': False}
    """
    return {name: value for name, value in values.items() if value is not None and value not in ("", [], {})}
