"""Datasets of a REST source that would not end up in their table as they should, refused before anything is asked."""

from __future__ import annotations

from lake_assets.connectors._rest_options import ResourceDefaults
from lake_assets.connectors._rest_paginators import SinglePage
from lake_assets.connectors._rest_plan import Plan
from lake_assets.errors import DeclarationError
from lake_assets.model import Dataset, WriteMode

__all__ = ["refuse_unsound"]

_MODES = {"append": WriteMode.APPEND, "replace": WriteMode.REPLACE, "merge": WriteMode.UPSERT}


def refuse_unsound(dataset: Dataset, plan: Plan) -> None:
    """Hold how a dataset is asked for against how its rows enter trusted.

    Raises:
        DeclarationError: When rows would be lost, or taken twice; or when a resource says otherwise.
    """
    place = str(dataset.place) or f"dataset {dataset.name}"
    if plan.resource:
        _refuse_contradiction(dataset, plan.resource, place)
    _refuse_replace(dataset, plan, place)
    _refuse_append(dataset, plan, place)


def _refuse_replace(dataset: Dataset, plan: Plan, place: str) -> None:
    """Each page is a file of its own, and `replace` and `snapshot` take the newest file for all there is."""
    if not dataset.write_mode.goes_file_by_file:
        return
    is_one_page = plan.options.paginator is None or isinstance(plan.options.paginator, SinglePage)
    if plan.parent or plan.options.window or not is_one_page:
        what = f"write: {dataset.write_mode.value} would keep the rows of the last changed page alone"
        mend = "declare key: [...] and write: upsert; or paginator: single_page where one answer holds all"
        raise DeclarationError(what, place=place, mend=mend)


def _refuse_append(dataset: Dataset, plan: Plan, place: str) -> None:
    window = plan.options.window
    if dataset.write_mode is not WriteMode.APPEND or window is None:
        return
    if window.lag or window.range_start == "closed":
        why = "lag asks for them again" if window.lag else "the server may give them again"
        what = f"without a key, records at the start of the next pull would be taken twice: {why}"
        mend = "declare key: [...]; or range_start: open where the server gives only what is past the start"
        raise DeclarationError(what, place=place, mend=mend)


def _refuse_contradiction(dataset: Dataset, resource: ResourceDefaults, place: str) -> None:
    declared = resource.primary_key
    key = (declared,) if isinstance(declared, str) else tuple(declared or ())
    if key and key != dataset.key:
        what = (
            f"the primary_key of the resource is {', '.join(key)}, the key {', '.join(dataset.key) or 'none'}"
        )
        raise DeclarationError(what, place=place, mend=f"declare key: [{', '.join(key)}] on the dataset")
    mode = _MODES.get(resource.write_disposition or "")
    if mode and mode is not dataset.write_mode:
        what = f"the resource says {resource.write_disposition}, the dataset {dataset.write_mode.value}"
        raise DeclarationError(what, place=place, mend=f"declare write: {mode.value} on the dataset")
