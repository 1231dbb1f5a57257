"""The lineage of a column or table as a tree: up to the elements of files, or down to all that is made of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from operator import attrgetter

from lake_assets.lineage.of_lake import LakeLineage
from lake_assets.model import ALL_ROWS, ColumnRef, Dependency, TableLineage, TableRef, Way

__all__ = ["Branch", "Edge", "edges_of", "edges_of_table", "edges_to_rows", "trees_down", "trees_up"]

# As dependencies compare, but for hundreds of thousands of them at once.
_IN_ORDER = attrgetter("origin.table.zone", "origin.table.name", "origin.column", "way", "is_opaque")


@dataclass(frozen=True)
class Edge:
    """One column depends on another.

    Args:
        origin: The column that is depended on.
        target: The column that depends; `*` where all columns of the table do.
        ways: In which ways.
        is_opaque: Whether what lies between could not be looked into.
        note: What else is to be said of it, such as the cleaning steps between.
    """

    origin: ColumnRef
    target: ColumnRef
    ways: tuple[Way, ...]
    is_opaque: bool = False
    note: str = ""

    @property
    def is_direct(self) -> bool:
        """Whether values come from there."""
        return any(way.is_direct for way in self.ways)


@dataclass(frozen=True)
class Branch:
    """A column in a tree.

    Args:
        column: The column; `*` for the rows of a table, on which all of its columns depend.
        edge: How it hangs on the one before; None for a root, and for the rows of the table of the one before.
        branches: What hangs on it.
        is_told_above: Whether what hangs on it stands elsewhere in the tree already.
    """

    column: ColumnRef
    edge: Edge | None = None
    branches: tuple[Branch, ...] = ()
    is_told_above: bool = False


def trees_up(lineage: LakeLineage, roots: Iterable[ColumnRef], *, with_rows: bool = True) -> list[Branch]:
    """What columns depend on, up to the elements of files.

    Args:
        lineage: Of the lake.
        roots: The columns; `*` for the rows of a table.
        with_rows: Whether what decides about the rows of tables is followed.
    """
    return _grown(roots, partial(_above, lineage, with_rows=with_rows), lambda edge: edge.origin)


def trees_down(lineage: LakeLineage, roots: Iterable[ColumnRef]) -> list[Branch]:
    """What depends on columns, down to the last tables of the exploitation zone.

    Args:
        lineage: Of the lake.
        roots: The columns; `*` for the rows of a table.
    """
    return _grown(roots, partial(_below, lineage), lambda edge: edge.target)


def edges_of(trees: Iterable[Branch]) -> list[Edge]:
    """Every edge of some trees once, in the order in which they are met."""
    return list(dict.fromkeys(edge for each in trees for edge in _edges(each)))


def edges_of_table(known: TableLineage) -> list[Edge]:
    """All edges to the columns of a table, column by column, then those to its rows."""
    columns = [edge for name in known.columns for edge in _of_column(known, name)]
    return [*columns, *_of_rows(known)]


def edges_to_rows(lineage: LakeLineage, ref: TableRef) -> list[Edge]:
    """The edges to what decides about the rows of a table."""
    return _of_rows(lineage.of(ref))


def _edges(branch: Branch) -> Iterator[Edge]:
    if branch.edge:
        yield branch.edge
    for each in branch.branches:
        yield from _edges(each)


def _grown(
    roots: Iterable[ColumnRef],
    edges: Callable[[ColumnRef], Sequence[Edge | ColumnRef]],
    end: Callable[[Edge], ColumnRef],
) -> list[Branch]:
    """Trees in which every column is told once; one that is met again says so."""
    told: set[ColumnRef] = set()

    def grow(column: ColumnRef, edge: Edge | None) -> Branch:
        if column in told:
            return Branch(column, edge, is_told_above=bool(edges(column)))
        told.add(column)
        branches = (
            grow(each, None) if isinstance(each, ColumnRef) else grow(end(each), each)
            for each in edges(column)
        )
        return Branch(column, edge, tuple(branches))

    return [grow(root, None) for root in roots]


def _above(lineage: LakeLineage, column: ColumnRef, *, with_rows: bool) -> list[Edge | ColumnRef]:
    """What a column depends on by itself, then the rows of its table, which decide where it stands."""
    known = lineage.of(column.table)
    if column.column == ALL_ROWS:
        return [*_of_rows(known)] if with_rows else []
    has_rows = with_rows and known.rows and column.column in known.columns
    rows = [ColumnRef(column.table, ALL_ROWS)] if has_rows else []
    return [*_of_column(known, column.column), *rows]


def _below(lineage: LakeLineage, column: ColumnRef) -> list[Edge | ColumnRef]:
    """The columns that depend on a column, and the tables whose rows do.

    Where the rows of a table change, so does whatever is made of it.
    """
    found: list[Edge | ColumnRef] = []
    for reader in lineage.readers(column.table):
        known = lineage.of(reader)
        to_rows = [edge for edge in _of_rows(known) if _is_met(edge.origin, column)]
        if column.column == ALL_ROWS and to_rows:
            found.append(_as_one(to_rows, column))
            continue
        to_columns = [edge for name in known.columns for edge in _of_column(known, name)]
        found += [edge for edge in to_columns if _is_met(edge.origin, column)]
        found += to_rows
    return found


def _is_met(origin: ColumnRef, column: ColumnRef) -> bool:
    return origin == column or (column.column == ALL_ROWS and origin.table == column.table)


def _as_one(edges: Sequence[Edge], origin: ColumnRef) -> Edge:
    ways = dict.fromkeys(way for edge in edges for way in edge.ways)
    return Edge(origin, edges[0].target, tuple(ways), any(edge.is_opaque for edge in edges))


def _of_column(known: TableLineage, name: str) -> list[Edge]:
    target = ColumnRef(known.target, name)
    return _gathered(known.columns.get(name, frozenset()), target, known.note.get(name, ""))


def _of_rows(known: TableLineage) -> list[Edge]:
    return _gathered(known.rows, ColumnRef(known.target, ALL_ROWS))


def _gathered(dependencies: Iterable[Dependency], target: ColumnRef, note: str = "") -> list[Edge]:
    """One edge for each column that is depended on, those that values come from first."""
    by_origin: dict[ColumnRef, list[Dependency]] = {}
    for each in sorted(dependencies, key=_IN_ORDER):
        by_origin.setdefault(each.origin, []).append(each)
    edges = [
        Edge(
            origin,
            target,
            tuple(dict.fromkeys(each.way for each in found)),
            any(each.is_opaque for each in found),
            note,
        )
        for origin, found in by_origin.items()
    ]
    return sorted(edges, key=lambda edge: not edge.is_direct)
