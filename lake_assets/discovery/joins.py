"""What joins with a table: by rules that refer to a key, and by keys that hold the values of a column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from lake_assets.declarations import Declarations
from lake_assets.discovery.candidates import candidates_of
from lake_assets.discovery.matching import matched_share
from lake_assets.model import Rule, TableRef, Zone
from lake_assets.profiles import PROFILES, TableProfile, last_profiles
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import Table, find_table

__all__ = ["Join", "joins_of"]

_LEAST_SHARE = 0.5


@dataclass(frozen=True)
class Join:
    """A way in which two tables join: the columns of the one hold keys of the other.

    Args:
        table: The table that refers.
        columns: Its columns.
        to: The table that is referred to.
        to_columns: Its columns, one for each of `columns`, in order.
        known_by: `rule` when a quality rule says so, `values` when the values tell.
        rule_id: The rule, where there is one.
        matched: Share of the different values looked at that are found there, from 0 to 1; None where one of the tables
            is not there yet.
    """

    table: TableRef
    columns: tuple[str, ...]
    to: TableRef
    to_columns: tuple[str, ...]
    known_by: str
    rule_id: str = ""
    matched: float | None = None


def joins_of(root: LakeRoot, declarations: Declarations, ref: TableRef, column: str = "") -> list[Join]:
    """Every way in which a table joins with another, whichever of the two refers; what is declared comes first.

    Values are looked for where a profile shows that one side identifies its rows; personal columns are left out, since
    they are not profiled.

    Args:
        root: The lake.
        declarations: What is declared for it.
        ref: The table.
        column: Only joins by this column of it; empty for all.

    Returns:
        Declared joins in the order of their tables, then found ones, the greatest share first.
    """
    tables = _Tables(root)
    declared = [_measured(tables, each) for each in _declared(declarations)]
    known = {(each.table, each.columns, each.to, each.to_columns) for each in declared}
    found = [
        each
        for each in _found(tables, ref)
        if (each.table, each.columns, each.to, each.to_columns) not in known
    ]
    found.sort(key=lambda each: (-(each.matched or 0), str(each.to), str(each.table)))
    return [each for each in (*declared, *found) if _concerns(each, ref, column)]


class _Tables:
    """The tables of a lake, each opened once."""

    def __init__(self, root: LakeRoot) -> None:
        self._root = root
        self._open: dict[TableRef, Table | None] = {}

    def find(self, ref: TableRef) -> Table | None:
        if ref not in self._open:
            self._open[ref] = find_table(self._root, ref)
        return self._open[ref]

    def profiles(self) -> Mapping[TableRef, TableProfile]:
        return last_profiles(self.find(PROFILES))


def _declared(declarations: Declarations) -> Iterator[Join]:
    rules = [
        *((each.table(Zone.TRUSTED), rule) for each in declarations.tables for rule in each.rules),
        *((each.target, rule) for each in declarations.transformations for rule in each.rules),
    ]
    for ref, rule in rules:
        if rule.kind == "references":
            yield _of_rule(ref, rule)


def _of_rule(ref: TableRef, rule: Rule) -> Join:
    told = rule.parameters["to"]
    to = tuple(map(str, told)) if isinstance(told, tuple | list) else (str(told),)
    target = TableRef.parse(str(rule.parameters["table"]))
    return Join(ref, rule.columns, target, to, "rule", rule.rule_id)


def _measured(tables: _Tables, join: Join) -> Join:
    here, there = tables.find(join.table), tables.find(join.to)
    share = matched_share(here, join.columns, there, join.to_columns) if here and there else None
    return replace(join, matched=share)


def _found(tables: _Tables, ref: TableRef) -> Iterator[Join]:
    for each in candidates_of(tables.profiles(), ref):
        join = _measured(tables, Join(each.table, (each.column,), each.to, (each.to_column,), "values"))
        if (join.matched or 0) >= _LEAST_SHARE:
            yield join


def _concerns(join: Join, ref: TableRef, column: str) -> bool:
    sides = ((join.table, join.columns), (join.to, join.to_columns))
    return any(side == ref and (not column or column in columns) for side, columns in sides)
