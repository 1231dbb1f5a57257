"""A least and a greatest count, of which one may be left open."""

from __future__ import annotations

from collections.abc import Mapping

from lake_assets.quality.options import Options

__all__ = ["read_span", "spell_span", "within"]


def read_span(given: Options) -> dict[str, int]:
    """The bounds `min` and `max` that are given.

    Raises:
        DeclarationError: When there is none, one is no whole number from 0, or they are the wrong way round.
    """
    bounds = {"min": given.count("min"), "max": given.count("max")}
    span = {name: bound for name, bound in bounds.items() if bound is not None}
    if not span:
        raise given.refusal("neither min nor max is given")
    if span.get("min", 0) > span.get("max", span.get("min", 0)):
        raise given.refusal(f"min is greater than max: {span['min']} and {span['max']}")
    return span


def within(value: float, span: Mapping[str, object]) -> bool:
    """Whether a number lies between the bounds, both included.

    >>> within(3, {"min": 3}), within(3, {"max": 2}), within(3, {})
    (True, False, True)
    """
    low, high = span.get("min"), span.get("max")
    return not (isinstance(low, int | float) and value < low) and not (
        isinstance(high, int | float) and value > high
    )


def spell_span(span: Mapping[str, object]) -> str:
    """Write the bounds for people.

    >>> spell_span({"min": 1}), spell_span({"min": 5, "max": 6}), spell_span({"min": 3, "max": 3})
    ('at least 1', '5 to 6', '3')
    """
    low, high = span.get("min"), span.get("max")
    if low is not None and high is not None:
        return f"{low}" if low == high else f"{low} to {high}"
    return f"at most {high}" if low is None else f"at least {low}"
