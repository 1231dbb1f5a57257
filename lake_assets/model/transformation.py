"""An exploitation table as declared: what it means and how it is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from lake_assets.model.dataset import Place
from lake_assets.model.rule import Rule
from lake_assets.model.table_ref import TableRef

__all__ = ["Transformation"]


@dataclass(frozen=True)
class Transformation:
    """How a table of the exploitation zone is made from other tables.

    Args:
        target: The table it makes.
        inputs: The tables it reads, by the name that the function's parameter or the SQL text uses.
        sql: The query, for one written in SQL; empty otherwise.
        function: Frames in the order of `inputs` to one frame, for one written in Python.
        code_hash: Changes whenever the transformation changes.
        engine: Which engine runs it.
        key: The columns that identify a row.
        incremental_on: The input whose new rows alone are worked through and upserted by key; None recomputes all.
        columns: Meaning of its columns, by name.
        units: Unit of its columns, by name.
        description: What the table means.
        grain: What one row stands for.
        owner: The team that answers for it, as `team:name`.
        consumers: Who uses it.
        rules: What its rows must keep.
        is_profiled: Whether each new version is profiled.
        fresh_within_s: Seconds within which it should change again; 0 for whenever.
        place: Where it is declared.
    """

    target: TableRef
    inputs: dict[str, TableRef]
    sql: str = ""
    function: Callable[..., object] | None = None
    code_hash: str = ""
    engine: str = "polars"
    key: tuple[str, ...] = ()
    incremental_on: TableRef | None = None
    columns: dict[str, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    description: str = ""
    grain: str = ""
    owner: str = ""
    consumers: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    is_profiled: bool = True
    fresh_within_s: int = 0
    place: Place = field(default_factory=Place)

    @property
    def is_sql(self) -> bool:
        """Whether it is written in SQL."""
        return bool(self.sql)
