"""The optimised plan of a lazy frame, as Polars shows it to engines other than its own.

Polars promises nothing for what is read here, so every reader of a plan must be ready for a step or an expression that
it does not know: `Plan` answers with `Unseen`, and what is unseen depends on everything that went in.

Source: polars, `LazyFrame._ldf.visit()`, version 16 of its intermediate representation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

import polars as pl

__all__ = ["Expression", "Plan", "Step", "Unseen"]

Step = object
"""A step of a plan, of one of the classes in `polars._plr._ir_nodes`."""

Expression = object
"""An expression, of one of the classes in `polars._plr._expr_nodes`."""


@dataclass(frozen=True)
class Unseen:
    """A step or an expression that Polars does not show.

    Args:
        why: What Polars calls it.
    """

    why: str


class NamedExpression(Protocol):
    """An expression and the name of the column that it gives."""

    @property
    def node(self) -> int:
        """Its number in the plan."""
        ...

    @property
    def output_name(self) -> str:
        """The name."""
        ...


class Plan:
    """The optimised plan of a lazy frame; one step of it is looked at at a time.

    Args:
        frame: The frame; none of its rows is read.
    """

    def __init__(self, frame: pl.LazyFrame) -> None:
        """Optimise the plan and stand at its last step."""
        self._visitor = frame._ldf.visit()  # noqa: SLF001 - there is no other way to a plan

    def step(self) -> Step | Unseen:
        """The step that is looked at."""
        try:
            step: Step = self._visitor.view_current_node()
        except NotImplementedError as error:
            return Unseen(str(error).partition(" GroupBy {")[0])
        return step

    def columns(self) -> list[str]:
        """The names of the columns that the step gives, in order."""
        return list(self._visitor.get_schema())

    def types(self) -> dict[str, pl.DataType]:
        """The types of the columns that the step gives."""
        return dict(self._visitor.get_schema())

    def inputs(self) -> list[int]:
        """The numbers of the steps that it takes rows from."""
        return list(self._visitor.get_inputs())

    def named_expressions(self) -> Sequence[NamedExpression]:
        """All expressions of the step."""
        return self._visitor.get_exprs()

    def expression(self, number: int) -> Expression | Unseen:
        """An expression."""
        try:
            expression: Expression = self._visitor.view_expression(number)
        except NotImplementedError as error:
            return Unseen(str(error))
        return expression

    @contextmanager
    def at(self, number: int) -> Iterator[None]:
        """Look at another step for the time of a block."""
        here = self._visitor.get_node()
        self._visitor.set_node(number)
        try:
            yield
        finally:
            self._visitor.set_node(here)
