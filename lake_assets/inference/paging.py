"""Whether a JSON document is the first of several pages, and how they follow each other."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from lake_assets.connectors import connector_class
from lake_assets.errors import ConnectorError
from lake_assets.inference.reading import Reading
from lake_assets.inference.recognition import recognise
from lake_assets.inference.sample import take_samples
from lake_assets.inference.target import Target
from lake_assets.inference.web import page_target
from lake_assets.model import Options

__all__ = ["read_pages"]

_PLAIN_NAME = re.compile(r'"([A-Za-z_][A-Za-z0-9_]*)"')


def read_pages(target: Target, folder: Path) -> tuple[Target, Reading] | None:
    """Ask for a few pages, as the connector `rest` does.

    Args:
        target: A JSON document behind a URL.
        folder: For the sample.

    Returns:
        None where it is the only page.
    """
    asked = page_target(target)
    try:
        samples = take_samples(asked, folder)
    except ConnectorError:
        return None
    paginator = _paginator(samples[0].state)
    if not paginator:
        return None
    reading = recognise(asked, samples)
    selector = {"data_selector": reading.options["records"]} if "records" in reading.options else {}
    options = {**_without(asked.dataset_options, paginator), **selector, "paginator": paginator}
    return replace(asked, dataset_options=options), reading


def _paginator(state: str) -> Options:
    """What the connector has found out with the first page, without what goes without saying."""
    found = json.loads(state or "{}").get("detected")
    if not found:
        return {}
    given = {name: value for name, value in found.items() if value is not None}
    options = connector_class("rest").dataset_options.model_validate({"paginator": given})
    dumped: Options = options.model_dump(exclude_defaults=True)["paginator"]
    return {
        "type": given["type"],
        **{name: _readable(value) for name, value in dumped.items() if name != "type"},
    }


def _readable(value: object) -> object:
    """JMESPath without quotes where it needs none."""
    return _PLAIN_NAME.sub(r"\1", value) if isinstance(value, str) else value


def _without(options: Options, paginator: Mapping[str, object]) -> Options:
    """The options, without the parameters that the paginator sets itself."""
    own = {value for name, value in paginator.items() if name.endswith("_param")}
    params = options.get("params")
    kept = (
        {name: value for name, value in params.items() if name not in own} if isinstance(params, dict) else {}
    )
    return {"params": kept} if kept else {}
