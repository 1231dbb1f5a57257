from dataclasses import dataclass

import pytest

from lake_assets.model import Dataset, Source
from lake_assets_tests.connectors.contract import ConnectorContract, PlainOutside
from lake_assets_tests.connectors.servers import Answer, Asked, Scripted, scripted, unused_url


@dataclass
class OneFile(PlainOutside):
    server: Scripted | None = None

    def touched(self) -> int:
        return len(self.server.asked)

    def add(self) -> bytes:
        self.expected = [b"%d" % len(self.expected[0]) + self.expected[0]]
        return self.expected[0]

    def answer(self, asked: Asked) -> Answer:
        etag = f'"{len(self.expected[0])}"'
        if asked.headers["If-None-Match"] == etag:
            return Answer(status=304, headers={"ETag": etag})
        return Answer(self.expected[0], headers={"ETag": etag})


class TestHttp(ConnectorContract):
    kind = "http"

    @pytest.fixture
    def outside(self):
        headers = {"X-Key": "${LAKE_TEST_SECRET}"}
        dataset = Dataset("airports", "site", origin="data/airports.csv")
        gone = Source("site", "http", {"base_url": unused_url(), "headers": headers, "retries": 0})
        with scripted() as server:
            source = Source("site", "http", {"base_url": server.url, "headers": headers})
            file = OneFile(source, dataset, gone, [b"a,b\r\n1,\xe9\n" * 300_000], server)
            server.script = file.answer
            yield file
