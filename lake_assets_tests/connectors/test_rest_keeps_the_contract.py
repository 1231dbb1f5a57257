import json
from dataclasses import dataclass, field

import pytest

from lake_assets.model import Dataset, Source
from lake_assets_tests.connectors.contract import SECRET, ConnectorContract, PlainOutside
from lake_assets_tests.connectors.servers import Answer, Asked, Scripted, scripted, unused_url


@dataclass
class Pages(PlainOutside):
    """An API with two records a page that names each next page by its whole address, the key included."""

    server: Scripted | None = None
    records: list[dict[str, int]] = field(default_factory=lambda: [{"id": number} for number in range(1, 7)])

    def touched(self) -> int:
        return len(self.server.asked)

    def add(self) -> bytes:
        self.records.append({"id": len(self.records) + 1})
        return self._page(self.records[-1:], None)

    def answer(self, asked: Asked) -> Answer:
        assert asked.query["key"] == SECRET
        since, start = int(asked.query.get("since", 0)), int(asked.query.get("start", 0))
        wanted = [record for record in self.records if record["id"] > since]
        more = f"{self.server.url}/v1/items?since={since}&start={start + 2}&key={SECRET}"
        return Answer(self._page(wanted[start : start + 2], more if wanted[start + 2 :] else None))

    def _page(self, records: list[dict[str, int]], following: str | None) -> bytes:
        return json.dumps({"items": records, "next": following}, indent=1).encode()


class TestRest(ConnectorContract):
    kind = "rest"

    @pytest.fixture
    def outside(self):
        key = {"type": "api_key", "name": "key", "key_env": "LAKE_TEST_SECRET", "location": "query"}
        incremental = {"cursor_path": "id", "param": "since", "row_order": "asc"}
        options = {"paginator": {"type": "json_link", "next_url_path": "next"}, "incremental": incremental}
        dataset = Dataset("items", "api", origin="/items", connector_options=options)
        gone = Source("api", "rest", {"base_url": unused_url(), "auth": key, "retries": 0})
        with scripted() as server:
            source = Source("api", "rest", {"base_url": f"{server.url}/v1", "auth": key})
            api = Pages(source, dataset, gone, server=server)
            server.script = api.answer
            next_url = f"{server.url}/v1/items?since=0&start={{}}&key={SECRET}"
            following = [next_url.format(2), next_url.format(4), None]
            api.expected = [api._page(api.records[2 * n : 2 * n + 2], url) for n, url in enumerate(following)]
            yield api
