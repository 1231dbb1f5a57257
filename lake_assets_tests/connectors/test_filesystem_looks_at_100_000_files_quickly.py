import time

import pytest

from lake_assets.connectors.filesystem import Filesystem
from lake_assets.model import Dataset, Source
from lake_assets_tests.connectors.memory import Memory


@pytest.mark.heavy
def test_a_look_at_100_000_known_files_takes_seconds(tmp_path):
    for number in range(100_000):
        (tmp_path / f"{number}.csv").touch()
    connector = Filesystem(Source("s", "filesystem", {"path": str(tmp_path)}))
    dataset, memory = Dataset("d", "s", origin="*.csv"), Memory()
    for arrival in connector.discover(dataset, memory):
        memory.seen.add((arrival.origin, arrival.fingerprint))
        memory.latest[arrival.origin] = arrival.fingerprint
    assert len(memory.seen) == 100_000
    before_s = time.process_time()
    assert list(connector.discover(dataset, memory)) == []
    assert time.process_time() - before_s < 5
