"""The columns of a table, each with its meaning, its rules and what it holds."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from lake_assets.model import TableRef
from lake_assets.profiles import TableProfile
from lake_assets.site.declared import Declared
from lake_assets.site.facts import ColumnFacts, TableFacts
from lake_assets.site.origins import ColumnOrigins, origins_of
from lake_assets.site.sparks import distribution
from lake_assets.site.views import ColumnView, RuleView

__all__ = ["column_names", "column_views"]


@dataclass(frozen=True)
class _Beside:
    """What is known beside the columns themselves."""

    declared: Declared
    hidden: Collection[str]
    rules: Sequence[RuleView]
    profile: TableProfile | None
    origins: ColumnOrigins
    href: Callable[[TableRef, str], str]


def column_names(declared: Declared, facts: TableFacts | None) -> list[str]:
    """The columns that the page of a table has."""
    return [each.name for each in _columns(declared, facts)]


def column_views(
    declared: Declared,
    facts: TableFacts | None,
    rules: Sequence[RuleView],
    profile: TableProfile | None,
    hidden: Collection[str],
    origins: ColumnOrigins,
    href: Callable[[TableRef, str], str],
) -> tuple[ColumnView, ...]:
    """The columns of a table; those declared, where it is not there yet.

    Args:
        declared: The table.
        facts: How it stands.
        rules: Its rules.
        profile: What it holds, without values of personal columns.
        hidden: Its personal columns.
        origins: What others can tell of where values are from.
        href: Where a column of any table leads.
    """
    beside = _Beside(declared, hidden, rules, profile, origins, href)
    return tuple(_column(each, beside) for each in _columns(declared, facts))


def _columns(declared: Declared, facts: TableFacts | None) -> Iterator[ColumnFacts]:
    if facts is not None:
        yield from facts.columns
    elif declared.dataset is not None:
        yield from (ColumnFacts(each.name, each.kind.value) for each in declared.dataset.mapping.columns)
    else:
        yield from (ColumnFacts(name, "") for name in declared.meanings)


def _column(facts: ColumnFacts, beside: _Beside) -> ColumnView:
    meaning, unit = beside.declared.meanings.get(facts.name, ("", ""))
    profile = beside.profile.column(facts.name) if beside.profile else None
    return ColumnView(
        name=facts.name,
        kind=facts.kind,
        meaning=meaning or facts.comment.removesuffix(f"[{unit}]").strip(),
        unit=unit,
        is_personal=facts.name in beside.hidden or bool(profile and profile.is_personal),
        is_key=facts.name in beside.declared.key,
        rules=tuple(each for each in beside.rules if facts.name in each.rule.columns),
        origins=origins_of(beside.declared, facts.name, beside.origins, beside.href),
        profile=profile,
        picture=distribution(profile) if profile else Markup(""),
    )
