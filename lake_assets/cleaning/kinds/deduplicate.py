"""`deduplicate`: rows that say again what another row says."""

from __future__ import annotations

from collections.abc import Mapping

from lake_assets.cleaning.given import Given
from lake_assets.cleaning.kind import Settings
from lake_assets.model import CleaningStep

__all__ = ["DEDUPLICATE", "declare_duplicates", "describe_duplicates"]

DEDUPLICATE = "deduplicate"
"""The kind of step that is about whole rows: of rows that are alike one is kept."""

_EXACT = "exact"
_EXAMPLE = "deduplicate: exact, or deduplicate: {by: [origin, time_hour], keep: first}"
_OPTIONS = ("by", "keep")
_KEEP = ("first", "latest")


def declare_duplicates(value: object, at: str) -> CleaningStep:
    """Read the step: `exact` compares all columns, `by` names those that make rows alike.

    Args:
        value: As declared.
        at: Where, for the error.

    Raises:
        DeclarationError: When an option is not known, missing or wrong.

    >>> declare_duplicates(["origin", "time_hour"], "").options
    {'keep': 'first'}
    """
    spread = value if isinstance(value, Mapping) else {} if value == _EXACT else {"by": value}
    given = Given({str(name): said for name, said in spread.items()}, _OPTIONS, _EXAMPLE, at)
    if value != _EXACT and not given.has("by"):
        raise given.refusal("by is missing")
    columns: dict[str, Settings] = {name: {} for name in (given.texts("by") if given.has("by") else ())}
    return CleaningStep(DEDUPLICATE, columns, {"keep": given.choice("keep", _KEEP, _KEEP[0])})


def describe_duplicates(step: CleaningStep) -> str:
    """What the step makes of rows, as a sentence for people."""
    columns = step.columns
    alike = f"the same {' and '.join(columns)}" if columns else "the same values everywhere"
    return f"the {step.options['keep']} of the rows with {alike} is kept"
