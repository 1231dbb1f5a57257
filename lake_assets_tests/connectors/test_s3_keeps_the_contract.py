from dataclasses import dataclass

import pytest

from lake_assets.model import Dataset, Source
from lake_assets_tests.connectors.contract import ConnectorContract, PlainOutside
from lake_assets_tests.connectors.servers import unused_url


@dataclass
class Objects(PlainOutside):
    bucket: object = None

    def touched(self) -> int:
        return 0

    def add(self) -> bytes:
        content = b"%d\r\n\xff" % len(self.expected) * 400_000
        self.bucket.put(f"planes/2024/{len(self.expected)}.csv", content)
        self.expected.append(content)
        return content


class TestS3(ConnectorContract):
    kind = "s3"

    @pytest.fixture
    def outside(self, bucket):
        source = Source("store", "s3", bucket.options)
        gone = Source("store", "s3", {**bucket.options, "endpoint_url": unused_url(), "retries": 0})
        objects = Objects(source, Dataset("planes", "store", origin="planes/"), gone, bucket=bucket)
        for _ in range(3):
            objects.add()
        return objects
