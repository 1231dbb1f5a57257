"""Pandera's checks as Polars expressions: a check is run on a frame that only records what is selected."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

import polars as pl

from lake_assets.errors import DeclarationError, near_names
from lake_assets.model import RuleValue

if TYPE_CHECKING:
    import pandera.polars as pa

__all__ = ["record", "recorded_check"]


class _Recorder:
    """Stands for the frame that a check selects from."""

    def __init__(self, schema: pl.Schema) -> None:
        self._schema = schema
        self.selected: list[pl.Expr] = []

    def collect_schema(self) -> pl.Schema:
        """The columns a check may look at."""
        return self._schema

    def select(self, *selected: pl.Expr) -> _Recorder:
        """Keep what the check asks of the frame."""
        self.selected.extend(selected)
        return self


def recorded_check(name: str, arguments: Mapping[str, RuleValue], column: str, schema: pl.Schema) -> pl.Expr:
    """The expression that a check of pandera evaluates.

    Args:
        name: Of a built-in check, or of one registered with `pandera.extensions`.
        arguments: Its arguments by name.
        column: The column it judges.
        schema: Of the frame.

    Raises:
        DeclarationError: When there is no such check, its arguments are wrong, or it needs more than a row.
    """
    return record(_check(name, arguments), column, schema)


def record(check: pa.Check, column: str | None, schema: pl.Schema) -> pl.Expr:
    """The expression that a check evaluates.

    Args:
        check: Of pandera, or of a model.
        column: The column it judges; None for one that judges all of a row.
        schema: Of the frame.

    Raises:
        DeclarationError: When it needs more than a row.
    """
    recorder = _Recorder(schema)
    try:
        check._check_fn(_polars_data(recorder, column), **check._check_kwargs)  # noqa: SLF001  (pinned, and tested)
    except (AttributeError, KeyError, TypeError) as error:
        what = f"the check {check.name} asks more of the table than one row: {error}"
        raise DeclarationError(what, place=f"check {check.name}", mend="state it as another rule") from error
    return pl.all_horizontal(recorder.selected)


def _check(name: str, arguments: Mapping[str, RuleValue]) -> pa.Check:
    check = _checks()
    if name not in (known := [*check.CHECK_FUNCTION_REGISTRY, *check.REGISTERED_CUSTOM_CHECKS]):
        raise DeclarationError(
            f"pandera has no check {name}", place=f"check {name}", mend=near_names(name, known)
        )
    try:
        return cast("pa.Check", getattr(check, name)(**arguments))
    except (TypeError, ValueError) as error:
        raise DeclarationError(
            str(error), place=f"check {name}", mend=f"give the arguments of {name}"
        ) from error


def _checks() -> type[pa.Check]:
    import pandera.polars as pa  # noqa: PLC0415  (half a second that only those pay who declare such a rule)
    from pandera.backends.polars.register import register_polars_backends  # noqa: PLC0415  (as above)

    register_polars_backends()
    return pa.Check


def _polars_data(recorder: _Recorder, column: str | None) -> object:
    from pandera.api.polars.types import PolarsData  # noqa: PLC0415  (as above)

    return PolarsData(cast("pl.LazyFrame", recorder), column or "*")
