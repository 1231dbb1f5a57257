"""The kinds of rule, one file each; whoever adds one adds it to `KINDS`."""

from __future__ import annotations

from collections.abc import Collection

from lake_assets.errors import DeclarationError, near_names
from lake_assets.model import Rule
from lake_assets.quality.kind import Kind
from lake_assets.quality.kinds.check import Check
from lake_assets.quality.kinds.determines import Determines
from lake_assets.quality.kinds.distinct_count import DistinctCount
from lake_assets.quality.kinds.expression import Expression
from lake_assets.quality.kinds.freshness import Freshness
from lake_assets.quality.kinds.function import Function
from lake_assets.quality.kinds.in_range import InRange
from lake_assets.quality.kinds.in_set import InSet
from lake_assets.quality.kinds.length import Length
from lake_assets.quality.kinds.matches import Matches
from lake_assets.quality.kinds.mean import Mean
from lake_assets.quality.kinds.not_null import NotNull
from lake_assets.quality.kinds.null_share import NullShare
from lake_assets.quality.kinds.ordered import Ordered
from lake_assets.quality.kinds.quantile import Quantile
from lake_assets.quality.kinds.references import References
from lake_assets.quality.kinds.row_count import RowCount
from lake_assets.quality.kinds.stable import Stable
from lake_assets.quality.kinds.total import Sum
from lake_assets.quality.kinds.unique import Unique
from lake_assets.quality.kinds.unlike import Unlike

__all__ = ["KINDS", "describe_rule", "kind_of", "rule_kinds", "told_rule"]

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        NotNull(),
        InRange(),
        InSet(),
        Matches(),
        Length(),
        Ordered(),
        Unique(),
        Unlike(),
        References(),
        Expression(),
        Determines(),
        Check(),
        Function(),
        RowCount(),
        Freshness(),
        Mean(),
        Sum(),
        Quantile(),
        NullShare(),
        DistinctCount(),
        Stable(),
    )
}


def kind_of(name: str, *, place: str = "") -> Kind:
    """The kind of a name.

    Raises:
        DeclarationError: When there is none.
    """
    if name not in KINDS:
        raise DeclarationError(
            f"no kind of rule is named {name!r}", place=place, mend=near_names(name, KINDS)
        )
    return KINDS[name]


def rule_kinds() -> dict[str, str]:
    """What each kind of rule asks, in one line each.

    >>> rule_kinds()["not_null"]
    'each column has a value'
    """
    return {kind.name: kind.summary for kind in KINDS.values()}


def describe_rule(rule: Rule) -> str:
    """What a rule asks, as a sentence for people.

    >>> describe_rule(Rule("month_in_range", "in_range", ("month",), {"min": 1, "max": 12}))
    'month is at least 1 and at most 12'
    """
    return kind_of(rule.kind, place=f"rule {rule.rule_id}").sentence(rule)


def told_rule(rule: Rule, hidden: Collection[str]) -> str:
    """What a rule asks, as it may be told: of one about personal columns not the values that it names.

    Args:
        rule: The rule.
        hidden: The personal columns of its table.

    >>> rule = Rule("rider_in_set", "in_set", ("rider",), {"values": ("Ada",)})
    >>> told_rule(rule, {"rider"})
    'the value is one of a list'
    """
    texts = [str(value) for value in rule.parameters.values()]
    names_any = any(name in rule.columns or any(name in text for text in texts) for name in hidden)
    return kind_of(rule.kind, place=f"rule {rule.rule_id}").summary if names_any else describe_rule(rule)
