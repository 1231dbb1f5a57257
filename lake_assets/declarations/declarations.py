"""What is declared: every source and every transformation of a lake."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from lake_assets.errors import DeclarationError, UnknownTableError, near_names
from lake_assets.model import Dataset, Source, TableRef, Term, Transformation

__all__ = ["Declarations"]


@dataclass(frozen=True)
class Declarations:
    """The declarations of a lake, checked as a whole.

    Args:
        sources: In the order of their folders.
        transformations: Each after those whose tables it reads.
        terms: The words of the analysts, in the order of their files.
    """

    sources: tuple[Source, ...] = ()
    transformations: tuple[Transformation, ...] = ()
    terms: tuple[Term, ...] = ()

    @property
    def datasets(self) -> tuple[Dataset, ...]:
        """The datasets of all sources, in their order."""
        return tuple(self._datasets.values())

    @property
    def tables(self) -> tuple[Dataset, ...]:
        """Every dataset, and its child tables after it."""
        return tuple(self._tables.values())

    def source(self, name: str) -> Source:
        """A source by name.

        Raises:
            DeclarationError: When none has that name.
        """
        if name not in self._sources:
            raise DeclarationError(f"no source is named {name!r}", mend=near_names(name, self._sources))
        return self._sources[name]

    def dataset(self, name: str) -> Dataset:
        """A dataset, or a child table, by name.

        Raises:
            UnknownTableError: When none has that name.
        """
        if name not in self._tables:
            raise UnknownTableError(f"no dataset is named {name!r}", mend=near_names(name, self._tables))
        return self._tables[name]

    def transformation(self, name: str) -> Transformation:
        """A transformation by the name of its table.

        Raises:
            UnknownTableError: When none has that name.
        """
        known = self._transformations
        if name not in known:
            raise UnknownTableError(f"no exploitation table is named {name!r}", mend=near_names(name, known))
        return known[name]

    def find_dataset(self, name: str) -> Dataset | None:
        """A dataset, or a child table, by name; None when none has it."""
        return self._tables.get(name)

    def find_transformation(self, name: str) -> Transformation | None:
        """A transformation by the name of its table; None when none has it."""
        return self._transformations.get(name)

    def terms_of(self, ref: TableRef) -> Mapping[str, Sequence[Term]]:
        """The terms that the columns of a table are bound to, by column."""
        return self._bound.get(ref, {})

    @cached_property
    def _bound(self) -> dict[TableRef, dict[str, list[Term]]]:
        found: dict[TableRef, dict[str, list[Term]]] = {}
        for term in self.terms:
            for bound in term.binds:
                found.setdefault(bound.table, {}).setdefault(bound.column, []).append(term)
        return found

    @cached_property
    def _sources(self) -> dict[str, Source]:
        return {source.name: source for source in self.sources}

    @cached_property
    def _datasets(self) -> dict[str, Dataset]:
        return {dataset.name: dataset for source in self.sources for dataset in source.datasets}

    @cached_property
    def _tables(self) -> dict[str, Dataset]:
        return {each.name: each for dataset in self.datasets for each in (dataset, *dataset.children)}

    @cached_property
    def _transformations(self) -> dict[str, Transformation]:
        return {each.target.name: each for each in self.transformations}
