"""An API in a test: records that pages are cut from, and the connector that asks for them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from lake_assets.connectors.rest import Rest
from lake_assets.model import Dataset, Source
from lake_assets_tests.connectors.memory import Memory, Taken, land
from lake_assets_tests.connectors.servers import Answer, Asked, Scripted, scripted


@dataclass
class Api:
    """Serves `records` by number, offset, cursor or link, whatever is asked for; `since` cuts them."""

    server: Scripted
    records: list[dict[str, object]] = field(default_factory=list)
    page_size: int = 2
    fail_at: set[int] = field(default_factory=set)

    def answer(self, asked: Asked) -> Answer:
        if len(self.server.asked) in self.fail_at:
            return Answer(status=500)
        query = {**asked.query, **(json.loads(asked.body).get("paging", {}) if asked.body else {})}
        wanted = [record for record in self.records if record["id"] > int(query.get("since", 0))]
        size = min(int(query.get("limit", self.page_size)), self.page_size)
        start = int(query.get("after") or query.get("offset") or int(query.get("page", 0)) * size)
        there_is_more = start + size < len(wanted)
        following = f"{self.server.url}/v1/items?since={query.get('since', 0)}&after={start + size}"
        page = {
            "items": wanted[start : start + size],
            "next": following if there_is_more else None,
            "cursors": {"next": str(start + size) if there_is_more else None},
            "pages": -(-len(wanted) // size),
            "total": len(wanted),
            "has_more": there_is_more,
            "answered": len(self.server.asked),
        }
        link = {"Link": f'<{following}>; rel="next", </>; rel="home"', "Next-Page": str(start + size)}
        return Answer(json.dumps(page).encode(), headers=link if there_is_more else {})

    def grow(self, count: int = 1) -> None:
        first = len(self.records) + 1
        self.records += [
            {"id": number, "at": f"2024-01-01T00:00:{number:02d}Z"} for number in range(first, first + count)
        ]

    def connector(self, **options) -> Rest:
        return Rest(Source("api", "rest", {"base_url": f"{self.server.url}/v1", "retries": 0, **options}))

    def land(self, dataset: Dataset, memory: Memory | None = None, **land_options) -> list[Taken]:
        return land(self.connector(), dataset, memory or Memory(), **land_options)

    def asked(self) -> list[str]:
        return [asked.target for asked in self.server.asked]


@contextmanager
def api(count: int = 5) -> Iterator[Api]:
    with scripted() as server:
        made = Api(server)
        server.script = made.answer
        made.grow(count)
        yield made


def items(**options) -> Dataset:
    return Dataset("items", "api", origin="items", connector_options={"data_selector": "items", **options})


def with_end(paginator: object, pages: list[list[int]]) -> list[list[int]]:
    """The pages, and after them the empty one by which a paginator that counts finds the end."""
    counts = isinstance(paginator, dict) and paginator["type"] in {"page_number", "offset"}
    tells = counts and {"total_path", "has_more_path"} & paginator.keys()
    return [*pages, []] if counts and not tells and pages else pages


def ids(taken: list[Taken]) -> list[list[int]]:
    return [[record["id"] for record in json.loads(one.content)["items"]] for one in taken]
