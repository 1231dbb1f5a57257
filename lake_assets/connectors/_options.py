"""Declared options, checked without repeating their values."""

from __future__ import annotations

from typing import TypeVar

from pydantic import ValidationError

from lake_assets.connectors.protocol import ConnectorOptions
from lake_assets.errors import DeclarationError
from lake_assets.model import Options

__all__ = ["checked"]

Checked = TypeVar("Checked", bound=ConnectorOptions)


def checked(kind: type[Checked], given: Options, place: str) -> Checked:
    """The options as a model; the values never show in an error, for one of them may be a secret.

    Args:
        kind: The model.
        given: What is declared.
        place: Where it is declared.

    Raises:
        DeclarationError: When an option is unknown, missing or not valid.
    """
    try:
        return kind.model_validate(given)
    except ValidationError as error:
        faults = error.errors(include_url=False, include_context=False, include_input=False)
        said = "; ".join(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in faults)
        known = ", ".join(field.alias or name for name, field in kind.model_fields.items()) or "none"
        # Not `from` the lower error, for it quotes the values it was given.
        what = f"the options are not valid: {said}"
        raise DeclarationError(what, place=place, mend=f"correct them; known: {known}") from None
