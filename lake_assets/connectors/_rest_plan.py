"""What a dataset asks for, wherever it is declared: on the dataset itself, or as a resource in dlt's shape."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from lake_assets.connectors._options import checked
from lake_assets.connectors._rest_options import (
    Resolve,
    Resource,
    ResourceDefaults,
    RestDatasetOptions,
    RestOptions,
    uses_start,
)
from lake_assets.connectors._rest_paginators import Auto
from lake_assets.connectors._rest_path import as_jmespath, names_in
from lake_assets.connectors._rest_template import placeholders
from lake_assets.errors import DeclarationError, near_names
from lake_assets.model import Dataset, Source

__all__ = ["Plan", "plan_of"]

_BOUND = re.compile(r"(?<!\$)\{([A-Za-z_]\w*)\}")
_SINGLE = re.compile(r"(?<!\$)\{[^{}/]+\}[^/]*$")


@dataclass(frozen=True)
class Plan:
    """What to ask for.

    Args:
        name: Of the resource.
        path: Below the base URL, perhaps with placeholders.
        options: How to ask.
        parent: The resource whose records give the values of the placeholders; None without one.
        fields: Which of their fields, as JMESPath, by placeholder.
        resource: What is declared in dlt's shape; None where nothing is.
    """

    name: str
    path: str
    options: RestDatasetOptions
    parent: Plan | None = None
    fields: Mapping[str, str] | None = None
    resource: ResourceDefaults | None = None


def plan_of(source: Source, options: RestOptions, dataset: Dataset) -> Plan:
    """What a dataset of a source asks for.

    Raises:
        DeclarationError: When what is declared does not fit together.
    """
    declared = str(dataset.place) or f"source {source.name}, dataset {dataset.name}"
    own = checked(RestDatasetOptions, dataset.connector_options, declared)
    plan = _planned(options, dataset.origin, own, declared)
    parents = {name.split(".")[1] for name in _all_placeholders(plan) if name.startswith("resources.")}
    if not parents:
        return _checked(plan, declared)
    if len(parents) > 1:
        raise _fault(f"it refers to several parents: {', '.join(sorted(parents))}", declared, "refer to one")
    return _checked(_with_parent(plan, parents.pop(), source, options, declared), declared)


def _with_parent(plan: Plan, name: str, source: Source, options: RestOptions, declared: str) -> Plan:
    datasets = {each.name: each for each in source.datasets}
    resources = {each.name for each in options.resources}
    if name in resources:
        parent = _planned(options, name, RestDatasetOptions(), declared)
    elif name in datasets:
        given = checked(RestDatasetOptions, datasets[name].connector_options, str(datasets[name].place))
        parent = _planned(options, datasets[name].origin, given, declared)
    else:
        raise _fault(f"there is no resource {name}", declared, near_names(name, {*datasets, *resources}))
    if any(each.startswith("resources.") for each in _all_placeholders(parent)):
        raise _fault(f"the parent {name} has a parent itself", declared, "refer to a resource without one")
    fields = {
        each: as_jmespath(each.split(".", 2)[2])
        for each in _all_placeholders(plan)
        if each.startswith("resources.")
    }
    return Plan(plan.name, plan.path, plan.options, _checked(parent, declared), fields, plan.resource)


def _planned(options: RestOptions, origin: str, own: RestDatasetOptions, declared: str) -> Plan:
    """The plan of a resource, or else of a path; what the dataset declares comes last and wins."""
    resource = next((each for each in options.resources if each.name == origin), None)
    endpoints = [options.resource_defaults.endpoint, *([resource.endpoint] if resource else []), own]
    merged = _merged([endpoint.model_dump(by_alias=True, exclude_unset=True) for endpoint in endpoints])
    path = str(merged.pop("path", None) or origin)
    whole = checked(RestDatasetOptions, _usual(options, resource, path) | merged, declared)
    bound_path, rest = _bound(path, whole, declared)
    return Plan(origin, bound_path, rest, resource=_hints(options.resource_defaults, resource))


def _usual(options: RestOptions, resource: Resource | None, path: str) -> dict[str, object]:
    """What holds in dlt's shape where an endpoint says nothing; a path that ends in a value is of one record."""
    if options.client is None:
        return {}
    from_parent = (resource or options.resource_defaults).include_from_parent
    paginator = options.client.paginator or Auto()
    usual: dict[str, object] = {
        "include_from_parent": from_parent or options.resource_defaults.include_from_parent,
        "paginator": paginator.model_dump(exclude_unset=True) | {"type": paginator.type},
    }
    return usual | ({"data_selector": "@", "paginator": "single_page"} if _SINGLE.search(path) else {})


def _merged(endpoints: list[dict[str, object]]) -> dict[str, object]:
    """One over the other; parameters and what is posted are merged by name, as dlt does."""
    merged: dict[str, object] = {}
    for endpoint in endpoints:
        deep = {
            name: {**cast("dict[str, object]", merged[name]), **cast("dict[str, object]", endpoint[name])}
            for name in ("params", "json", "headers")
            if name in merged and name in endpoint
        }
        merged |= endpoint | deep
    return merged


def _hints(defaults: ResourceDefaults, resource: Resource | None) -> ResourceDefaults | None:
    if resource is None:
        return None
    given = defaults.model_dump(exclude_unset=True) | resource.model_dump(exclude_unset=True)
    kept = {name: given[name] for name in ("primary_key", "write_disposition") if name in given}
    return ResourceDefaults.model_validate(kept)


def _bound(path: str, options: RestDatasetOptions, declared: str) -> tuple[str, RestDatasetOptions]:
    """Put parameters that the path names into it; those that are resolved become placeholders."""
    names = [name for name in _BOUND.findall(path) if "." not in name]
    if unknown := [name for name in names if name not in options.params]:
        raise _fault(f"nothing says what {{{unknown[0]}}} in the path is", declared, "declare it in params")
    if left := [name for name in options.resolved if name not in names]:
        mend = f"put {{{left[0]}}} into the path, or write {{resources.parent.field}} in params"
        raise _fault(f"the path does not use the resolved parameter {left[0]}", declared, mend)
    bound = _BOUND.sub(lambda found: _in_path(options.params[found[1]]), path)
    kept = {name: value for name, value in options.params.items() if name not in names}
    return bound, options.model_copy(update={"params": kept})


def _in_path(value: object) -> str:
    return f"{{resources.{value.resource}.{value.field}}}" if isinstance(value, Resolve) else str(value)


def _all_placeholders(plan: Plan) -> list[str]:
    return list(placeholders(plan.path, *plan.options.templates))


def _checked(plan: Plan, declared: str) -> Plan:
    """The plan, if it fits together."""
    window, options = plan.options.window, plan.options
    if any(placeholders(options.headers)):
        raise _fault("a header holds a placeholder", declared, "put it into params")
    told = [name for name in _all_placeholders(plan) if name.startswith("incremental.")]
    if told and not window:
        raise _fault(f"nothing says what {{{told[0]}}} is", declared, "declare incremental")
    if window and not uses_start(options, plan.path):
        mend = "declare its start_param, or row_order: desc where the server takes none"
        raise _fault("no request says where incremental starts", declared, mend)
    if window and plan.parent:
        mend = "let the parent be incremental: its new records alone are asked for"
        raise _fault("a child with incremental would miss what is older under a new parent", declared, mend)
    if options.include_from_parent and not plan.parent:
        raise _fault("include_from_parent needs a parent", declared, "refer to one in the path or params")
    if options.include_from_parent and options.data_selector and names_in(options.data_selector) is None:
        mend = "name the way to the records alone in data_selector, such as data.items"
        raise _fault("include_from_parent cannot find records by that data_selector", declared, mend)
    return plan


def _fault(what: str, place: str, mend: str) -> DeclarationError:
    return DeclarationError(what, place=place, mend=mend)
