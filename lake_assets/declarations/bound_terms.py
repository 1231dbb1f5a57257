"""Whether the columns that terms are bound to are there, as far as what is declared can tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from lake_assets.declarations.terms_spec import PlacedTerm
from lake_assets.errors import DeclarationError, near_names
from lake_assets.model import BoundColumn, Dataset, Source, TableRef, Transformation, Zone

__all__ = ["term_faults"]

Columns = Mapping[TableRef, frozenset[str]]


def term_faults(
    terms: Sequence[PlacedTerm], sources: Sequence[Source], transformations: Sequence[Transformation]
) -> list[DeclarationError]:
    """A fault for each term that is declared twice, and for each column that a term is bound to and that is not there.

    A table of which no column is declared may have any: they are inferred from its files.

    Args:
        terms: Of all vocabularies.
        sources: All there are.
        transformations: All there are.
    """
    if not terms:
        return []
    known = _known(sources, transformations)
    bound = [(each, *pair) for each in terms for pair in zip(each.term.binds, each.binds_at, strict=True)]
    faults = [_unknown(each.term.name, column, at, known) for each, column, at in bound]
    return [*_repeated(terms), *(fault for fault in faults if fault is not None)]


def _known(sources: Sequence[Source], transformations: Sequence[Transformation]) -> Columns:
    """The declared columns of each table; empty where any may come."""
    declared = [dataset for source in sources for dataset in source.datasets]
    datasets = [each for dataset in declared for each in (dataset, *dataset.children)]
    zones = (Zone.FORMATTED, Zone.TRUSTED)
    known = {each.table(zone): _columns_of(each) for each in datasets for zone in zones}
    return known | {each.target: frozenset(each.columns) for each in transformations}


def _columns_of(dataset: Dataset) -> frozenset[str]:
    """Those that are declared; of a child table they are not, since they are found in the lists."""
    return frozenset() if dataset.parent else frozenset(each.name for each in dataset.mapping.columns)


def _unknown(name: str, bound: BoundColumn, at: str, known: Columns) -> DeclarationError | None:
    if bound.table not in known:
        what = f"the term {name!r} is bound to {bound}, but nothing makes {bound.table}"
        return DeclarationError(what, place=at, mend=near_names(str(bound.table), map(str, known)))
    columns = known[bound.table]
    if not columns or bound.column in columns:
        return None
    what = f"the term {name!r} is bound to {bound}, which is none of the declared columns"
    return DeclarationError(what, place=at, mend=near_names(bound.column, columns))


def _repeated(terms: Iterable[PlacedTerm]) -> list[DeclarationError]:
    first: dict[str, PlacedTerm] = {}
    faults = []
    for each in terms:
        other = first.setdefault(each.term.name, each)
        if other is not each:
            what = f"the term {each.term.name!r} is declared already, at {other.term.place}"
            faults.append(DeclarationError(what, place=each.at, mend="keep one of them"))
    return faults
