"""The attributes of a source."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    field_validator,
)

from lake_assets.connectors import check_source, usual_format
from lake_assets.declarations.choice import Choice, ConnectorChoice
from lake_assets.declarations.dataset_options import dataset_option_faults
from lake_assets.declarations.dataset_spec import DatasetSpec, to_dataset
from lake_assets.declarations.explain import explained
from lake_assets.declarations.names import Every, Name, Owner, check_name
from lake_assets.declarations.places import KEY, Loc, Places
from lake_assets.model import Place, Source

__all__ = ["SourceSpec", "placed_source", "to_source"]


class SourceSpec(BaseModel):
    """A place data comes from, and the datasets that are collected there.

    Validation also asks the connector, the formats and the quality rules, so that one pass finds every fault.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Name = Field(default="", description="Its name; default: the folder's.")
    connector: ConnectorChoice = Field(description="The kind of connector, with its options.")
    description: str = Field(default="", description="What it is.")
    licence: str = Field(default="", description="Under which licence it may be used.")
    owner: Owner = Field(default="", description="The team that answers for it.")
    every_s: Every = Field(
        default=0, alias="every", description="How often to look for something new; default: on request."
    )
    datasets: dict[Name, DatasetSpec] = Field(min_length=1, description="What is collected, by name.")

    @field_validator("datasets", mode="wrap")
    @classmethod
    def _take_the_options(
        cls, declared: object, validated: ValidatorFunctionWrapHandler, so_far: ValidationInfo
    ) -> object:
        faults = dataset_option_faults(declared, so_far.data.get("connector"))
        try:
            specs: object = validated(_in_usual_format(declared, so_far.data.get("connector")))
        except ValidationError as error:
            faults += explained(error, cls, within=("datasets",), shows_value=True)
            specs = None
        if faults:
            raise ValidationError.from_exception_data("datasets", faults)
        return specs


def _in_usual_format(declared: object, connector: Choice | None) -> object:
    """The datasets, those without a format in the one that the connector lands, where it lands but one."""
    kind = usual_format(connector.kind) if connector else ""
    if not kind or not isinstance(declared, dict):
        return declared
    return {
        name: {"format": kind, **each} if isinstance(each, dict) else each for name, each in declared.items()
    }


def to_source(
    spec: SourceSpec, name: str, place: Place, dataset_places: Mapping[str, Place] | None = None
) -> Source:
    """The source that the attributes declare.

    Args:
        spec: Its attributes.
        name: Its name where the attributes give none: the folder's.
        place: Where it is declared.
        dataset_places: Where each of its datasets is declared, where that is known better.

    Raises:
        DeclarationError: When the attributes give no name and the given one is not a name, or its connector refuses a
            dataset.
    """
    chosen = spec.name or name
    check_name(chosen, "source", str(place), "add name: {}")
    places = dataset_places or {}
    source = Source(
        name=chosen,
        connector=spec.connector.kind,
        connector_options=spec.connector.options,
        datasets=tuple(
            to_dataset(dataset, key, chosen, spec.owner, places.get(key, place))
            for key, dataset in spec.datasets.items()
        ),
        every_s=spec.every_s,
        description=spec.description,
        licence=spec.licence,
        owner=spec.owner,
        place=place,
    )
    check_source(source)
    return source


def placed_source(spec: SourceSpec, name: str, places: Places, loc: Loc = ()) -> Source:
    """The source that the attributes declare, with its place and those of its datasets.

    Args:
        spec: Its attributes.
        name: Its name where the attributes give none.
        places: Where a declaration stands.
        loc: The way to the source in it.
    """
    datasets = {key: places.place((*loc, "datasets", key, KEY)) for key in spec.datasets}
    return to_source(spec, name, places.place((*loc, KEY)), datasets)
