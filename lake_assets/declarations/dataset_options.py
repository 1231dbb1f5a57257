"""The options that datasets declare, held against what the connector of their source takes."""

from __future__ import annotations

from pydantic import ValidationError
from pydantic_core import InitErrorDetails

from lake_assets.connectors import ConnectorOptions, connector_class
from lake_assets.declarations.choice import Choice
from lake_assets.declarations.explain import explained

__all__ = ["dataset_option_faults"]


def dataset_option_faults(datasets: object, connector: Choice | None) -> list[InitErrorDetails]:
    """What is wrong with the `options` of datasets.

    Args:
        datasets: The attributes of the datasets by name, as declared: anything may be wrong with them.
        connector: The connector of their source; None when that is itself not valid, and nothing can be said.

    Returns:
        One line per fault, from the name of the dataset on.
    """
    if connector is None or not isinstance(datasets, dict):
        return []
    known = connector_class(connector.kind).dataset_options
    return [line for name, declared in datasets.items() for line in _faults(str(name), declared, known)]


def _faults(name: str, declared: object, known: type[ConnectorOptions]) -> list[InitErrorDetails]:
    options = (
        declared.get("options", {}) if isinstance(declared, dict) else getattr(declared, "options", None)
    )
    if not isinstance(options, dict):
        return []
    try:
        known.model_validate(options)
    except ValidationError as error:
        return [_placed(line, name) for line in explained(error, known)]
    return []


def _placed(line: InitErrorDetails, name: str) -> InitErrorDetails:
    return InitErrorDetails(
        type=line["type"], loc=(name, "options", *line.get("loc", ())), input=line["input"]
    )
