"""What is declared of a table, whatever zone it is in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lake_assets.catalog import ARTEFACTS, Artefact
from lake_assets.declarations import Declarations
from lake_assets.model import Dataset, Place, Rule, TableRef, Transformation, Zone
from lake_assets.zones.drift import drift_rule
from lake_assets.zones.rules import rules_of

__all__ = ["Declared", "declared_tables", "governance_of"]

_ABOUT = {
    Zone.FORMATTED: "In the canonical model: typed by the mapping, nothing cleaned, nothing lost.",
    Zone.TRUSTED: "Judged by its rules and merged into one table.",
    Zone.QUARANTINE: "What was set aside: raw, with the rules it breaks, until a replay takes it back.",
}


@dataclass(frozen=True)
class Declared:
    """A table as declared.

    Args:
        ref: Its name.
        about: What its zone makes of it.
        description: What it means.
        grain: What one row stands for.
        key: The columns that identify a row.
        owner: Who answers for it.
        source: The source that it comes from; empty for one made from several.
        tags: Free words.
        consumers: Who uses it.
        write_mode: How rows enter it.
        rules: What its rows must keep.
        meanings: Meaning and unit of its columns, by name.
        place: Where it is declared.
        dataset: The dataset, of a table that is one's.
        transformation: How it is made, of an exploitation table.
    """

    ref: TableRef
    about: str = ""
    description: str = ""
    grain: str = ""
    key: tuple[str, ...] = ()
    owner: str = ""
    source: str = ""
    tags: tuple[str, ...] = ()
    consumers: tuple[str, ...] = ()
    write_mode: str = ""
    rules: tuple[Rule, ...] = ()
    meanings: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    place: Place = field(default_factory=Place)
    dataset: Dataset | None = None
    transformation: Transformation | None = None


def declared_tables(declarations: Declarations) -> dict[TableRef, Declared]:
    """Every table of the formatted, trusted and exploitation zones, and the quarantine of each dataset.

    Args:
        declarations: Of the lake.
    """
    found = [_of_dataset(each, zone) for each in declarations.tables for zone in _zones(each)]
    found += [_of_transformation(each) for each in declarations.transformations]
    return {each.ref: each for each in found}


def governance_of(ref: TableRef) -> Declared:
    """What is known of a table that nobody declares: one of governance, or of a declaration that is gone."""
    artefact = next((each for each in ARTEFACTS if each.ref == ref), None)
    if artefact is not None:
        return _of_artefact(artefact)
    is_ours = ref.zone is Zone.GOVERNANCE
    return Declared(ref, about="Kept by governance." if is_ours else "It is not declared any more.")


def _of_artefact(artefact: Artefact) -> Declared:
    again = f"It can be made again from {artefact.made_from}." if artefact.made_from else ""
    meanings = {name: (meaning, "") for name, meaning in artefact.meanings.items()}
    return Declared(artefact.ref, about=again, description=artefact.description, meanings=meanings)


def _zones(dataset: Dataset) -> tuple[Zone, ...]:
    """A child table is made of trusted rows, so it has no formatted one."""
    return (*([] if dataset.parent else [Zone.FORMATTED]), Zone.TRUSTED, Zone.QUARANTINE)


def _of_dataset(dataset: Dataset, zone: Zone) -> Declared:
    is_aside, is_trusted = zone is Zone.QUARANTINE, zone is Zone.TRUSTED
    rules = () if is_aside else (rules_of(dataset) if is_trusted else (drift_rule(dataset),))
    return Declared(
        ref=dataset.table(zone),
        about=_about(dataset, zone),
        description=dataset.description,
        grain="one record that was set aside" if is_aside else dataset.grain,
        key=() if is_aside else dataset.key,
        owner=dataset.owner,
        source=dataset.source,
        tags=dataset.tags,
        write_mode=dataset.write_mode.value if is_trusted else "append",
        rules=rules,
        meanings={}
        if is_aside
        else {one.name: (one.description, one.unit) for one in dataset.mapping.columns},
        place=dataset.place,
        dataset=dataset,
    )


def _about(dataset: Dataset, zone: Zone) -> str:
    if dataset.parent and zone is Zone.TRUSTED:
        return (
            f"The elements of {dataset.origin} of {dataset.parent}, a row each, judged by rules of their own."
        )
    return _ABOUT[zone]


def _of_transformation(made: Transformation) -> Declared:
    names = {*made.columns, *made.units}
    return Declared(
        ref=made.target,
        description=made.description,
        grain=made.grain,
        key=made.key,
        owner=made.owner,
        consumers=made.consumers,
        write_mode=f"new rows of {made.incremental_on}" if made.incremental_on else "made whole",
        rules=made.rules,
        meanings={name: (made.columns.get(name, ""), made.units.get(name, "")) for name in names},
        place=made.place,
        transformation=made,
    )
