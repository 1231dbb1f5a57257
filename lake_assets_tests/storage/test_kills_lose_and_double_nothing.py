"""A writer is killed at random moments, again and again; in the end each batch is there exactly once."""

import random
import signal
import subprocess
from collections import Counter

import pytest

from lake_assets.storage.table import open_table
from lake_assets_tests.storage.lakes import FLIGHTS, start, told

KILLS = {"local": 20, "s3": 8}
BATCHES = {"local": 240, "s3": 24}
ROWS = 50


@pytest.mark.heavy
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("kind", ["append", "upsert"])
@pytest.mark.parametrize("where", ["local", "s3"])
def test_each_batch_is_there_once(where, kind, request):
    root = request.getfixturevalue(f"{where}_root")
    batches = BATCHES[where]
    dice = random.Random(f"{where} {kind}")
    ends = Counter(_killed(root, kind, batches, dice.uniform(0, 0.5)) for _ in range(KILLS[where]))
    with start("writes_batches", told(root), kind, batches, stdout=subprocess.PIPE) as last:
        last.communicate()
    assert last.returncode == 0
    assert ends[-signal.SIGKILL] > KILLS[where] // 2, "most were killed at work"
    table = open_table(root, FLIGHTS)
    rows = table.scan().collect()
    held = Counter(rows["batch"].to_list())
    if kind == "append":
        assert held == Counter(dict.fromkeys(range(batches), ROWS))
    else:
        assert sorted(rows["n"].to_list()) == list(range(ROWS))
        assert held == Counter({batches - 1: ROWS})
    assert table.row_count == rows.height


def _killed(root, kind, batches, after_s):
    """Kill a writer some time after it has begun; how it ended."""
    with start("writes_batches", told(root), kind, batches, stdout=subprocess.PIPE) as writer:
        writer.stdout.readline()
        try:
            writer.wait(after_s)
        except subprocess.TimeoutExpired:
            writer.kill()
        writer.stdout.read()
        return writer.wait()
