"""Attributes checked against their specification."""

from __future__ import annotations

from typing import TypeVar

from pydantic import BaseModel, ValidationError

from lake_assets.declarations.attributes_error import attributes_error
from lake_assets.declarations.places import Places

__all__ = ["checked"]

Spec = TypeVar("Spec", bound=BaseModel)


def checked(model: type[Spec], attributes: object, places: Places) -> Spec:
    """The attributes as a specification.

    Raises:
        DeclarationError: When they are not valid, with every fault.
    """
    try:
        return model.model_validate(attributes)
    except ValidationError as error:
        raise attributes_error(error, model, places) from None
