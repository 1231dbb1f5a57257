"""SIGKILL at random moments of an ingest with a child table, then a rerun: the same tables as an undisturbed run."""

import json
import random

import pytest

from lake_assets_tests.flow.a_lake import ALake
from lake_assets_tests.flow.forks import Forks

pytestmark = [pytest.mark.heavy, pytest.mark.timeout(600)]

KILLS = 20
ORDERS = """\
orders:
  from: '*.json'
  key: [id]
  children:
    lines: {of: items, rules: [{in_range: {n: [0, 90]}}]}
"""


def orders(chance, ids):
    return "".join(json.dumps({"id": number, "items": items(chance)}) + "\n" for number in ids)


def items(chance):
    return [
        {"sku": f"s{chance.randrange(50)}", "n": chance.randrange(100)} for _ in range(chance.randrange(5))
    ]


def held(a_lake):
    """What the tables hold, whatever the ids of the files are."""
    return {
        "orders": sorted(
            (number, str(listed)) for number, listed in a_lake.rows("trusted.orders", "id", "items")
        ),
        "lines": sorted(a_lake.rows("trusted.lines", "id", "_position", "sku", "n")),
        "aside": sorted(a_lake.rows("quarantine.lines", "_row", "record")),
    }


def test_every_element_is_in_the_table_or_set_aside_once(tmp_path):
    chance, begun = random.Random(20), ALake(tmp_path / "begun")
    begun.declare(ORDERS)
    begun.drop("a.json", orders(chance, range(200)))
    begun.ingest_whole()
    begun.drop("b.json", orders(chance, range(150, 300)))
    begun.drop("c.json", orders(chance, range(0, 300, 7)))
    undisturbed, hits = begun.copied_to(tmp_path / "undisturbed"), 0
    with Forks() as forks:
        seconds = forks.seconds_to_the_end(undisturbed.folder)
        expected = held(undisturbed)
        assert min(map(len, expected.values())) > 20
        for number in range(KILLS):
            twin = begun.copied_to(tmp_path / f"killed-{number}")
            hits += forks.kill_after(twin.folder, chance.uniform(0.2, 1) * seconds)
            twin.ingest_whole()
            assert held(twin) == expected
            assert not twin.ingest_whole().is_changed
    assert hits >= KILLS // 2, "most kills must come while it works"
