"""The attributes of a dataset."""

from __future__ import annotations

from pydantic import ConfigDict, Field, JsonValue, ValidationInfo, field_validator

from lake_assets.declarations.child_spec import ChildSpecs, checked_children, to_children
from lake_assets.declarations.choice import Choice, FormatChoice, checked_format
from lake_assets.declarations.column_spec import ColumnSpecs, to_columns
from lake_assets.declarations.declared_rules import DeclaredRules, owned
from lake_assets.declarations.declared_steps import DeclaredSteps, fitting
from lake_assets.declarations.format_of import format_of
from lake_assets.declarations.layouts_spec import LayoutsSpec, to_layouts
from lake_assets.declarations.names import Every, Owner, Words
from lake_assets.declarations.rule_functions import modelled, with_functions
from lake_assets.declarations.under_contract import under_contract
from lake_assets.declarations.writing_spec import WritingSpec
from lake_assets.model import CleaningStep, Column, Dataset, DriftPolicy, Mapping, Place, Rule, WriteMode

__all__ = ["DatasetSpec", "to_dataset"]


class DatasetSpec(WritingSpec):
    """One kind of data of a source: what is collected, and how it goes through the zones."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    origin: str = Field(
        alias="from", min_length=1, description="What the connector collects: a glob, a path."
    )
    format: FormatChoice | None = Field(
        default=None, validate_default=True, description="Default: by the extension."
    )
    options: dict[str, JsonValue] = Field(
        default={}, description="Options of the connector for this dataset only."
    )
    contract: str = Field(
        default="", description="The file of a contract (ODCS v3) that holds what is not said here."
    )
    columns: ColumnSpecs = Field(
        default={}, description="Type and meaning of columns; the others are inferred."
    )
    layouts: LayoutsSpec = Field(
        default=LayoutsSpec(), description="How numbers, dates and truth are written in the files."
    )
    null_tokens: Words = Field(default=(), description="Texts that mean null, besides the empty one.")
    drift: DriftPolicy = Field(
        default=DriftPolicy.EVOLVE, description="What happens to elements that are not declared."
    )
    clean: DeclaredSteps = Field(
        default=(), description="What is mended on the way to the trusted table, in this order."
    )
    rules: DeclaredRules = Field(default=(), description="What trusted rows must keep.")
    model: str = Field(
        default="",
        pattern=r"^$|^[^:]+:[A-Za-z_]\w*$",
        description="A pandera DataFrameModel that asks more of them, as file.py:Model.",
    )
    children: ChildSpecs = Field(
        default={}, description="Tables of the elements of its list columns, by name."
    )
    description: str = Field(default="", description="What it is.")
    grain: str = Field(default="", description="What one row stands for.")
    owner: Owner = Field(default="", description="The team that answers for it; default: the source's.")
    tags: Words = Field(default=(), description="Free words for search.")
    licence: str = Field(default="", description="Under which licence it may be used; default: the source's.")
    is_profiled: bool = Field(
        default=True,
        alias="profile",
        description="Whether each new version of the trusted table is profiled.",
    )
    fresh_within_s: Every = Field(
        default=0,
        alias="fresh_within",
        description="How long the trusted table may stay as it is, such as 1d; default: for ever.",
    )

    @property
    def chosen_format(self) -> Choice:
        """The format that is declared, or else the one that the origin lets expect."""
        return self.format or Choice(kind=format_of(self.origin))

    @field_validator("clean")
    @classmethod
    def _fits_the_columns(
        cls, steps: tuple[CleaningStep, ...], so_far: ValidationInfo
    ) -> tuple[CleaningStep, ...]:
        usual = WriteMode.UPSERT if so_far.data.get("key") else WriteMode.APPEND
        mode = so_far.data.get("write_mode") or usual
        return fitting(steps, to_columns(so_far.data.get("columns", {})), mode)

    @field_validator("format")
    @classmethod
    def _is_installed(cls, declared: Choice | None, so_far: ValidationInfo) -> Choice | None:
        if declared is None:
            checked_format(Choice(kind=format_of(so_far.data.get("origin", ""))))
        return declared

    @field_validator("children")
    @classmethod
    def _have_lists(cls, children: ChildSpecs, so_far: ValidationInfo) -> ChildSpecs:
        return checked_children(children, so_far.data.get("columns", {}), so_far.data.get("key", ()))


def to_dataset(spec: DatasetSpec, name: str, source: str, owner: str, place: Place) -> Dataset:
    """The dataset that the attributes declare.

    Args:
        spec: Its attributes.
        name: Its name.
        source: The name of its source.
        owner: Who answers for the source, and so for the dataset and its rules where they name no owner.
        place: Where it is declared.
    """
    spec = under_contract(spec, name, place) if spec.contract else spec
    chosen = spec.chosen_format
    asked, known = modelled(spec.model, place)
    declared = Dataset(
        name=name,
        source=source,
        origin=spec.origin,
        format=chosen.kind,
        format_options=chosen.options,
        connector_options=dict(spec.options),
        mapping=_mapping(spec, known),
        clean=spec.clean,
        rules=_all_rules(spec, asked, spec.owner or owner, place),
        description=spec.description,
        grain=spec.grain,
        owner=spec.owner or owner,
        tags=_tags(spec),
        is_profiled=spec.is_profiled,
        fresh_within_s=spec.fresh_within_s,
        place=place,
        **spec.writing,
    )
    return to_children(spec.children, declared)


def _tags(spec: DatasetSpec) -> tuple[str, ...]:
    """The tags; a dataset's own licence is one of them, for the model keeps licences per source."""
    return (*spec.tags, f"licence:{spec.licence}") if spec.licence else spec.tags


def _mapping(spec: DatasetSpec, known: tuple[Column, ...]) -> Mapping:
    """The declared columns, and those that only the model knows."""
    layouts = to_layouts(spec.layouts)
    declared = to_columns(spec.columns, layouts)
    names = {column.name for column in declared}
    others = (column for column in known if column.name not in names)
    return Mapping((*declared, *others), spec.null_tokens, spec.drift, layouts)


def _all_rules(spec: DatasetSpec, asked: tuple[Rule, ...], owner: str, place: Place) -> tuple[Rule, ...]:
    """The declared rules, and those of the model that no declared one of the same id takes the place of."""
    declared = with_functions(spec.rules, place)
    names = {rule.rule_id for rule in declared}
    return owned((*declared, *(rule for rule in asked if rule.rule_id not in names)), owner)
