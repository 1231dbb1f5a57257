"""Whether every table that is read is also made, and in which order."""

from __future__ import annotations

from collections.abc import Sequence
from graphlib import CycleError, TopologicalSorter

from lake_assets.declarations.faults import raise_noted
from lake_assets.errors import DeclarationError, near_names
from lake_assets.model import Dataset, Place, Rule, Source, TableRef, Transformation, Zone

__all__ = ["check_flow"]


def check_flow(
    transformations: Sequence[Transformation], sources: Sequence[Source]
) -> tuple[Transformation, ...]:
    """Hold what is read against what is made.

    Args:
        transformations: Read trusted and exploitation tables.
        sources: Make the trusted tables, one for each dataset.

    Returns:
        The transformations, each after those whose tables it reads; the same order for the same declarations.

    Raises:
        DeclarationError: When an input or a table that a rule looks up is not made, or tables are made from
            each other in a circle.
    """
    declared = [dataset for source in sources for dataset in source.datasets]
    datasets = [each for dataset in declared for each in (dataset, *dataset.children)]
    made = {dataset.table(Zone.TRUSTED) for dataset in datasets}
    made |= {transformation.target for transformation in transformations}
    faults = [fault for transformation in transformations for fault in _unknown_inputs(transformation, made)]
    for dataset in datasets:
        faults += _unknown_references(dataset.rules, dataset.table(Zone.TRUSTED), dataset.place, made)
        faults += _unknown_vocabularies(dataset, made)
    raise_noted(faults)
    return _in_order(transformations)


def _unknown_inputs(transformation: Transformation, made: set[TableRef]) -> list[DeclarationError]:
    place = f"{transformation.place}, table {transformation.target}"
    unknown = [ref for ref in transformation.inputs.values() if ref not in made]
    faults = [_not_made(ref, "read", place, made) for ref in unknown]
    return faults + _unknown_references(
        transformation.rules, transformation.target, transformation.place, made
    )


def _unknown_references(
    rules: Sequence[Rule], table: TableRef, place: Place, made: set[TableRef]
) -> list[DeclarationError]:
    named = [
        (rule, TableRef.parse(str(rule.parameters["table"]))) for rule in rules if "table" in rule.parameters
    ]
    at = f"{place}, table {table}"
    return [
        _not_made(ref, "looked up", f"{at}, rule {rule.rule_id}", made)
        for rule, ref in named
        if ref not in made
    ]


def _unknown_vocabularies(dataset: Dataset, made: set[TableRef]) -> list[DeclarationError]:
    at = f"{dataset.place}, table {dataset.table(Zone.TRUSTED)}"
    named = [
        (column, TableRef.parse(of.rpartition(".")[0]))
        for step in dataset.clean
        for column, settings in step.settings.items()
        if isinstance(of := settings.get("of"), str)
    ]
    return [
        _not_made(ref, "looked up", f"{at}, vocabulary of {column}", made)
        for column, ref in named
        if ref not in made
    ]


def _not_made(ref: TableRef, used: str, place: str, made: set[TableRef]) -> DeclarationError:
    mend = near_names(str(ref), map(str, made))
    return DeclarationError(f"{ref} is {used}, but nothing makes it", place=place, mend=mend)


def _in_order(transformations: Sequence[Transformation]) -> tuple[Transformation, ...]:
    by_target = {
        transformation.target: transformation for transformation in sorted(transformations, key=_target)
    }
    graph = {
        target: sorted(set(each.inputs.values()) & by_target.keys()) for target, each in by_target.items()
    }
    try:
        return tuple(by_target[target] for target in TopologicalSorter(graph).static_order())
    except CycleError as error:
        raise _circle(error.args[1], by_target) from error


def _target(transformation: Transformation) -> TableRef:
    return transformation.target


def _circle(targets: Sequence[TableRef], by_target: dict[TableRef, Transformation]) -> DeclarationError:
    told = " <- ".join(map(str, targets))
    place = ", ".join(str(by_target[target].place) for target in dict.fromkeys(targets))
    return DeclarationError(f"tables are made from each other: {told}", place=place, mend="break the circle")
