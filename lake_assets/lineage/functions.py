"""What is known of the functions of Polars, by the names that a plan gives them.

What stands in none of these sets may change the number of values by what the values are; that is the safe guess.
"""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["function_name", "is_by_another", "is_scalar", "keeps_number"]

_SCALAR = frozenset(
    {
        "approx_n_unique",
        "arg_max",
        "arg_min",
        "corr",
        "entropy",
        "index_of",
        "kurtosis",
        "max_by",
        "min_by",
        "null_count",
        "product",
        "quantile",
        "skew",
        "BitwiseFunction.And",
        "BitwiseFunction.Or",
        "BitwiseFunction.Xor",
        "BooleanFunction.All",
        "BooleanFunction.Any",
        "BooleanFunction.HasNulls",
        "BooleanFunction.IsEmpty",
        "BooleanFunction.IsSorted",
        "StringFunction.ConcatVertical",
    }
)
"""One value of a whole column."""

_ROW_BY_ROW = frozenset(
    {
        *("abs", "as_struct", "atan2", "bin_intervals", "bin_quantiles", "cbrt", "ceil", "clip"),
        *("coalesce", "cot", "cut", "degrees", "diff"),
        *("exp", "fill_null", "fill_null_with_strategy", "floor", "fused", "hash", "interpolate"),
        *("interpolate_by", "log", "log1p", "max_horizontal", "mean_horizontal", "min_horizontal", "negate"),
        *("pct_change", "peak_max", "peak_min", "pow", "qcut", "radians", "rank", "repeat_by", "replace"),
        *("replace_strict", "reverse", "rle_id", "round", "round_sig_figs", "shift", "shift_and_fill"),
        *("shuffle", "sign", "sqrt", "sum_horizontal", "to_physical", "truncate"),
        *("cum_count", "cum_max", "cum_min", "cum_prod", "cum_sum"),
        *("sin", "cos", "tan", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh"),
    }
)
"""As many values as there are rows."""

_ROW_BY_ROW_FAMILIES = (
    "ArrayFunction.",
    "BitwiseFunction.",
    "BooleanFunction.",
    "EwmFunction.",
    "ListFunction.",
    "RollingFunction.",
    "RollingFunctionBy.",
    "StringFunction.",
    "StructFunction.",
    "TemporalFunction.",
)

_BY_NUMBER = frozenset({"gather_every", "reshape", "sample"})
"""Fewer or more values, by their number alone."""

_BY_ANOTHER = frozenset({"arg_sort_by", "max_by", "min_by", "top_k_by"})
"""Values of the first argument, chosen by the order of the others."""


def function_name(data: Sequence[object]) -> str:
    """The name of a function as a plan has it, such as `cum_sum` or `TemporalFunction.Year`."""
    return str(data[0]) if data else ""


def is_scalar(name: str) -> bool:
    """Whether it makes one value of a column."""
    return name in _SCALAR


def is_by_another(name: str) -> bool:
    """Whether it chooses values of its first argument by the order of the others."""
    return name in _BY_ANOTHER


def keeps_number(name: str) -> bool:
    """Whether how many values it gives depends on how many it takes, and not on what they are."""
    in_family = name.startswith(_ROW_BY_ROW_FAMILIES) and name != "ArrayFunction.Explode"
    return name in _ROW_BY_ROW | _BY_NUMBER or in_family
