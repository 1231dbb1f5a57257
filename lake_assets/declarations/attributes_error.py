"""From what pydantic finds wrong with attributes to an error with file, line and column."""

from __future__ import annotations

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from lake_assets.declarations.explain import explain, shown_at
from lake_assets.declarations.faults import together
from lake_assets.declarations.places import Places
from lake_assets.errors import DeclarationError

__all__ = ["attributes_error"]


def attributes_error(
    error: ValidationError, model: type[BaseModel], places: Places | str
) -> DeclarationError:
    """Every fault of the attributes in one error.

    Args:
        error: What pydantic raised.
        model: What the attributes were validated as.
        places: Where they stand, or just the file that declares them.

    Returns:
        The only fault, or a `DeclarationsError` with all of them, to be raised.
    """
    known = Places(places) if isinstance(places, str) else places
    return together([_fault(details, model, known) for details in error.errors(include_url=False)])


def _fault(details: ErrorDetails, model: type[BaseModel], places: Places) -> DeclarationError:
    what, mend = explain(details, model)
    return DeclarationError(what, place=places.text(shown_at(details)), mend=mend)
