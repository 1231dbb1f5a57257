"""Pages of a REST API: `connector: {kind: rest, base_url: "https://api.example.org/v1"}`.

Every page is landed with the bytes that the server sent. Without `incremental` each look reads all pages
and hands over those that differ from before; with it, it reads no more than what is new.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import ClassVar

from lake_assets.connectors._options import checked
from lake_assets.connectors._pace import Pace, pace_folder
from lake_assets.connectors._rest_auth import private_of, split_params
from lake_assets.connectors._rest_family import Family
from lake_assets.connectors._rest_options import RestDatasetOptions, RestOptions
from lake_assets.connectors._rest_plan import Plan, plan_of
from lake_assets.connectors._rest_pull import Pull
from lake_assets.connectors._rest_question import Question
from lake_assets.connectors._rest_refusals import refuse_unsound
from lake_assets.connectors._site import Manner, open_site
from lake_assets.connectors._urls import host_of, require_url
from lake_assets.connectors.protocol import ConnectorOptions, Known
from lake_assets.errors import ConnectorError
from lake_assets.model import Arrival, Dataset, Source
from lake_assets.settings import expand

__all__ = ["Rest", "RestDatasetOptions", "RestOptions"]


class Rest:
    """Asks page after page, and remembers with each where the next run goes on.

    The origin of a dataset is a path below `base_url` or the name of a resource, that of an arrival its whole request.
    A secret may stand in `auth`, `headers` and `params`; what stands in a path is shown and remembered.
    """

    options: ClassVar[type[ConnectorOptions]] = RestOptions
    dataset_options: ClassVar[type[ConnectorOptions]] = RestDatasetOptions

    def __init__(self, source: Source) -> None:
        """Keep what the source declares."""
        self._source = source
        self._place = f"source {source.name}"
        self._options = checked(RestOptions, source.connector_options, str(source.place) or self._place)

    def check(self, dataset: Dataset) -> None:
        """Refuse a dataset whose pages would not end up in its table as they should.

        Raises:
            DeclarationError: When what is declared does not fit together.
        """
        refuse_unsound(dataset, plan_of(self._source, self._options, dataset))

    def discover(self, dataset: Dataset, known: Known) -> Iterator[Arrival]:
        """Give the pages that are new, in the order of the server.

        Raises:
            ConnectorError: When the server cannot be reached, refuses, or answers what is not declared.
        """
        plan = plan_of(self._source, self._options, dataset)
        place = f"{self._place}, dataset {dataset.name}"
        with ExitStack() as opened:
            question = self._question(plan, place, opened)
            family = self._family(plan, question, place, opened)
            yield from Pull(question, family, known).arrivals()

    def _family(self, plan: Plan, child: Question, place: str, opened: ExitStack) -> Family | None:
        if plan.parent is None or plan.fields is None:
            return None
        name = next(iter(plan.fields)).split(".")[1]
        parent = self._question(plan.parent, f"{place}, parent {name}", opened)
        return Family(child, parent, name, plan.fields)

    def _question(self, plan: Plan, place: str, opened: ExitStack) -> Question:
        options, home = self._options, self._options.home
        base = require_url(expand(home.base_url, place=place), place)
        path = _path(expand(plan.path, place=place), place)
        _, secret = split_params(plan.options.plain_params)
        auth = plan.options.auth or home.auth
        private = private_of({**home.headers, **plan.options.headers}, auth, secret, place)
        repeats = frozenset({"GET", "POST"} if options.retry_posts else {"GET"})
        site = open_site(
            base,
            private.headers,
            private.secrets,
            timeout_s=options.timeout_s,
            retries=options.retries,
            manner=Manner(private.token, self._pace(base), repeats),
        )
        return Question(opened.enter_context(site), base, path, plan.options, private, place)

    def _pace(self, base: str) -> Pace | None:
        limits = self._options.limits
        if limits.requests_per_s is None and limits.at_once is None:
            return None
        folder = pace_folder(self._source.name, host_of(base))
        return Pace(folder, limits.requests_per_s, limits.burst, limits.at_once)


def _path(origin: str, place: str) -> str:
    if "://" in origin or "?" in origin:
        mend = "declare base_url on the source, a path below it as origin, and the rest in params"
        raise ConnectorError("the origin is not a path", place=place, mend=mend)
    return origin.removeprefix("/")
