"""Cleaning steps as the attributes of a dataset declare them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from pydantic import JsonValue, PlainValidator, ValidationError
from pydantic_core import InitErrorDetails

from lake_assets.cleaning import check_steps, declare_step
from lake_assets.declarations.names import declared_fault, lake_fault
from lake_assets.errors import DeclarationError
from lake_assets.model import CleaningStep, Column
from lake_assets.zones.columns import STORED_TYPES

__all__ = ["DeclaredSteps", "fitting"]


def fitting(steps: tuple[CleaningStep, ...], columns: Sequence[Column]) -> tuple[CleaningStep, ...]:
    """The steps, when they fit the declared columns as far as these are known.

    Args:
        steps: In their order.
        columns: As declared; the others are inferred from the files, and the steps held against them then.

    Raises:
        ValidationError: When a step cannot clean a column of its type.
    """
    types = {column.name: STORED_TYPES[column.kind] for column in columns if column.kind in STORED_TYPES}
    faults = check_steps(steps, columns, types)
    if faults:
        lines = [
            InitErrorDetails(type=lake_fault(fault), loc=(place,), input=steps[place].kind)
            for place, fault in faults.items()
        ]
        raise ValidationError.from_exception_data("clean", lines)
    return steps


def _declared(declared: object) -> CleaningStep:
    if isinstance(declared, CleaningStep):
        return declared
    if not isinstance(declared, dict):
        raise declared_fault("a cleaning step is a mapping", "write - trim: [name, city], for example")
    try:
        return declare_step(declared)
    except DeclarationError as error:
        raise lake_fault(error) from error


_DeclaredStep = Annotated[
    CleaningStep, PlainValidator(_declared, json_schema_input_type=dict[str, JsonValue])
]

DeclaredSteps = tuple[_DeclaredStep, ...]
"""The steps of one dataset in their order, each declared in the way `lake_assets.cleaning.declare_step` reads."""
