"""Cleaning steps as the attributes of a dataset declare them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated

from pydantic import JsonValue, PlainValidator, ValidationError
from pydantic_core import InitErrorDetails

from lake_assets.cleaning import DEDUPLICATE, check_steps, declare_step
from lake_assets.declarations.names import declared_fault, lake_fault
from lake_assets.errors import DeclarationError
from lake_assets.model import CleaningStep, Column, WriteMode
from lake_assets.zones.columns import STORED_TYPES

__all__ = ["DeclaredSteps", "fitting"]


def fitting(
    steps: tuple[CleaningStep, ...], columns: Sequence[Column], mode: WriteMode
) -> tuple[CleaningStep, ...]:
    """The steps, when they fit the declared columns as far as these are known.

    Args:
        steps: In their order.
        columns: As declared; the others are inferred from the files, and the steps held against them then.
        mode: How clean rows enter the table.

    Raises:
        ValidationError: When a step cannot clean a column of its type, or means nothing where rows are written so.
    """
    types = {column.name: STORED_TYPES[column.kind] for column in columns if column.kind in STORED_TYPES}
    faults = check_steps(steps, columns, types) | dict(_meaningless(steps, mode))
    if faults:
        lines = [
            InitErrorDetails(type=lake_fault(fault), loc=(place,), input=steps[place].kind)
            for place, fault in faults.items()
        ]
        raise ValidationError.from_exception_data("clean", lines)
    return steps


def _meaningless(steps: Sequence[CleaningStep], mode: WriteMode) -> Iterator[tuple[int, DeclarationError]]:
    """Steps about rows that the merge takes care of by itself, or works against."""
    for place, step in enumerate(steps):
        if step.kind != DEDUPLICATE:
            continue
        by = ", ".join(step.columns) or "..."
        if mode.needs_a_key:
            what = f"where rows are written by {mode.value} they are merged by their key already"
            yield (
                place,
                DeclarationError(what, mend=f"drop it; to set repeats aside, add the rule unique: [{by}]"),
            )
        elif mode is WriteMode.APPEND and step.options["keep"] == "latest":
            what = "a later row takes the place of one that is in the table only where rows have a key"
            yield place, DeclarationError(what, mend=f"declare key: [{by}] and write: upsert, or keep: first")


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
