"""Which connector or format is chosen, with its options, checked against what the kind itself declares."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationError
from pydantic_core import PydanticCustomError

from lake_assets.connectors import connector_class
from lake_assets.declarations.explain import explained
from lake_assets.declarations.names import declared_fault, lake_fault
from lake_assets.errors import DeclarationError
from lake_assets.formats import format_class
from lake_assets.model import Options

__all__ = ["Choice", "ConnectorChoice", "FormatChoice", "check_options", "checked_format"]


class Choice(BaseModel):
    """A kind and its options; `csv` is short for `{kind: csv}`."""

    model_config = ConfigDict(extra="allow", frozen=True)

    kind: str

    @property
    def options(self) -> Options:
        """What is declared besides the kind."""
        return dict(self.model_extra or {})


def check_options(known: type[BaseModel], declared: Options) -> None:
    """Hold declared options against the model of a connector or format.

    Raises:
        ValidationError: When they do not fit; values are not shown, since one may be a secret.
    """
    try:
        known.model_validate(declared)
    except ValidationError as error:
        raise ValidationError.from_exception_data("options", explained(error, known)) from None


def _long_form(value: object) -> object:
    return {"kind": value} if isinstance(value, str) else value


def _checked_connector(choice: Choice) -> Choice:
    try:
        known = connector_class(choice.kind).options
    except (DeclarationError, ImportError) as error:
        raise _at_kind(error, choice) from error
    check_options(known, choice.options)
    return choice


def checked_format(choice: Choice) -> Choice:
    """The choice, when its format is installed and takes its options.

    Raises:
        ValidationError: Otherwise.
    """
    try:
        known = format_class(choice.kind).options
    except (DeclarationError, ImportError) as error:
        raise _at_kind(error, choice) from error
    check_options(known, choice.options)
    return choice


def _at_kind(error: DeclarationError | ImportError, choice: Choice) -> ValidationError:
    fault = lake_fault(error) if isinstance(error, DeclarationError) else _not_loaded(error, choice)
    return ValidationError.from_exception_data(
        "Choice", [{"type": fault, "loc": ("kind",), "input": choice.kind}]
    )


def _not_loaded(error: ImportError, choice: Choice) -> PydanticCustomError:
    return declared_fault(f"the kind {choice.kind!r} cannot be loaded: {error}", "install what it needs")


_Declared = BeforeValidator(_long_form, json_schema_input_type=str | Choice)

ConnectorChoice = Annotated[Choice, AfterValidator(_checked_connector), _Declared]
"""A connector, in the short or the long form."""

FormatChoice = Annotated[Choice, AfterValidator(checked_format), _Declared]
"""A format, in the short or the long form."""
