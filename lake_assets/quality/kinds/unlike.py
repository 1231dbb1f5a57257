"""`unlike`: no row is nearly the same as an earlier one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

import polars as pl

from lake_assets.model import Rule
from lake_assets.quality.kind import Reading, RowKind, Scope
from lake_assets.quality.likeness import is_unlike
from lake_assets.quality.literals import refuse_type
from lake_assets.quality.options import Options

__all__ = ["Unlike"]

_SCORE, _MOST = 90, 100


class Unlike(RowKind):
    """Fuzzy duplicates: texts that differ in a few letters, in case, marks or the order of words.

    Source: rapidfuzz, token sort ratio; rows are compared within blocks of the same values in `within` only.
    """

    name = "unlike"
    summary = "no text is nearly the same as one of an earlier row of its block"
    example = "unlike: {columns: [name], within: [city], score: 90}"
    options = ("columns", "column", "within", "score")
    looks_beside = True

    def of_value(self, value: object) -> Mapping[str, object]:
        """Take the columns themselves."""
        return {"columns": value}

    def read(self, given: Options) -> Reading:
        """Check the columns and the score."""
        columns, score = given.texts("columns", "column"), given.count("score")
        within = given.texts("within") if given.has("within") else ()
        if score is not None and not 0 < score <= _MOST:
            raise given.refusal(f"score is from 1 to {_MOST}, found {score}")
        return (*columns, *within), {"within": within, "score": score or _SCORE}

    def holds(self, rule: Rule, scope: Scope) -> pl.Expr:
        """Look for texts that are like others now; ask a row only whether it is one of them."""
        columns, within = _parts(rule)
        for column in columns:
            if scope.schema[column] != pl.String:
                raise refuse_type(column, scope.schema[column], "has no letters to compare")
        return is_unlike(columns, within, cast("int", rule.parameters["score"]), scope.batch, scope.known)

    def sentence(self, rule: Rule) -> str:
        """Say the columns, the block and the score."""
        columns, within = _parts(rule)
        block = f" with the same {' and '.join(within)}" if within else ""
        return f"no two rows{block} are alike to {rule.parameters['score']} of 100 in {' and '.join(columns)}"


def _parts(rule: Rule) -> tuple[tuple[str, ...], tuple[str, ...]]:
    within = cast("tuple[str, ...]", rule.parameters["within"])
    return rule.columns[: len(rule.columns) - len(within)], within
