"""Declared options, checked."""

from __future__ import annotations

from typing import TypeVar

from pydantic import ValidationError

from lake_assets.errors import DeclarationError, near_names
from lake_assets.formats.protocol import FormatOptions
from lake_assets.model import Dataset

__all__ = ["checked_options"]

_Options = TypeVar("_Options", bound=FormatOptions)


def checked_options(kind: type[_Options], dataset: Dataset) -> _Options:
    """Check what a dataset declares for its format.

    Raises:
        DeclarationError: When an option is unknown or its value is not allowed; it names the first such option.
    """
    try:
        return kind.model_validate(dataset.format_options)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(map(str, first["loc"]))
        known = first["type"] != "extra_forbidden"
        raise DeclarationError(
            f"format {dataset.format}: {first['msg']}: {name}"
            if name
            else f"format {dataset.format}: {first['msg']}",
            place=f"dataset {dataset.name}, {dataset.place}".rstrip(", "),
            mend=f"correct the option {name}".rstrip() if known else near_names(name, kind.model_fields),
        ) from error
