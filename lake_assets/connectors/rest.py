"""Pages of a REST API: `connector: {kind: rest, base_url: "https://api.example.org/v1"}`.

Every page is landed with the bytes that the server sent. Without `incremental` each look reads all pages
and hands over those that differ from before; with it, it reads no more than what is new.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from lake_assets.connectors._options import checked
from lake_assets.connectors._rest_auth import private_of, split_params
from lake_assets.connectors._rest_options import RestDatasetOptions, RestOptions
from lake_assets.connectors._rest_pull import Pull
from lake_assets.connectors._rest_question import Question
from lake_assets.connectors._site import open_site
from lake_assets.connectors._urls import require_url, with_query
from lake_assets.connectors.protocol import ConnectorOptions, Known
from lake_assets.errors import ConnectorError
from lake_assets.model import Arrival, Dataset, Source
from lake_assets.settings import expand

__all__ = ["Rest", "RestDatasetOptions", "RestOptions"]


class Rest:
    """Asks page after page, and remembers with each where the next run goes on.

    The origin of a dataset is a path below `base_url`, that of an arrival its whole request. A secret
    may stand in `auth`, `headers` and `params`; what stands in a path is shown and remembered.
    """

    options: ClassVar[type[ConnectorOptions]] = RestOptions
    dataset_options: ClassVar[type[ConnectorOptions]] = RestDatasetOptions

    def __init__(self, source: Source) -> None:
        """Keep what the source declares."""
        self._place = f"source {source.name}"
        self._options = checked(RestOptions, source.connector_options, str(source.place) or self._place)

    def discover(self, dataset: Dataset, known: Known) -> Iterator[Arrival]:
        """Give the pages that are new, in the order of the server.

        Raises:
            ConnectorError: When the server cannot be reached, refuses, or answers what is not declared.
        """
        question = self._question(dataset)
        private, options = question.private, self._options
        site = open_site(
            question.base,
            private.headers,
            private.secrets,
            timeout_s=options.timeout_s,
            retries=options.retries,
        )
        with site as opened:
            yield from Pull(opened, question, known).arrivals()

    def _question(self, dataset: Dataset) -> Question:
        place = f"{self._place}, dataset {dataset.name}"
        declared = str(dataset.place) or self._place
        options = checked(RestDatasetOptions, dataset.connector_options, declared)
        base = require_url(expand(self._options.base_url, place=place), place)
        plain, secret = split_params(options.params)
        request = with_query(_path(expand(dataset.origin, place=place), place), plain)
        return Question(base, request, options, private_of(self._options, secret, place), place)


def _path(origin: str, place: str) -> str:
    if "://" in origin or "?" in origin:
        mend = "declare base_url on the source, a path below it as origin, and the rest in params"
        raise ConnectorError("the origin is not a path", place=place, mend=mend)
    return origin.removeprefix("/")
