"""Whether a rule of one kind holds, value by value."""

from collections.abc import Callable

import polars as pl
import pytest

from lake_assets.model import Rule
from lake_assets.quality import compile_rules, declare_rule


def _no_table(table: object) -> pl.LazyFrame:
    raise AssertionError(f"{table} was opened")


@pytest.fixture
def holds() -> Callable[..., list[bool]]:
    """Whether a declared rule holds for each row of a frame."""

    def outcome(
        declared: dict[str, object] | Rule, frame: pl.DataFrame, lookup=_no_table, **more: object
    ) -> list[bool]:
        rule = declared if isinstance(declared, Rule) else declare_rule(declared, owner="team:test")
        (compiled,) = compile_rules([rule], frame.lazy(), lookup, **more)
        return frame.with_columns(holds=compiled.holds)["holds"].to_list()

    return outcome
