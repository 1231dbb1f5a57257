"""In every write mode, whatever the data, the rules and the order of replays: as if the widest rule had stood from the
start."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lake_assets.model import Zone
from lake_assets.zones.quarantine import open_rows
from lake_assets_tests.examples import drawn
from lake_assets_tests.flow.a_lake import ALake
from lake_assets_tests.flow.twins import contents

MODES = {
    "append": "",
    "upsert": "",
    "upsert by time": "order_by: day, ",
    "replace": "",
    "scd2": "valid_from: day, ",
    "snapshot": "",
    "snapshot with marks": "deletions: mark, ",
}
ROWS = st.lists(st.tuples(st.integers(1, 3), st.integers(1, 4), st.integers(0, 6)), max_size=4)
FILES = st.lists(ROWS, min_size=1, max_size=4)
LIMITS = st.lists(st.integers(0, 6), min_size=1, max_size=3)


def declare(a_lake, mode, most):
    a_lake.declare(
        f"bikes: {{from: '*.csv', key: [id], write: {mode.split()[0]}, {MODES[mode]}"
        f"columns: {{id: int, day: date, price: int}}, rules: [{{in_range: {{price: [0, {most}]}}}}]}}"
    )


def drop(a_lake, number, rows):
    lines = "".join(f"{key},2024-01-0{day},{price}\n" for key, day, price in rows)
    a_lake.drop(f"{number}.csv", f"id,day,price\n{lines}")


def _open(a_lake):
    return open_rows(a_lake.find("quarantine.bikes"), Zone.TRUSTED).collect().height


def _hold(folder, mode, files, limits, replays_between):
    a_lake, twin = ALake(folder / "replayed"), ALake(folder / "twin")
    for lake, most in ((a_lake, limits[0]), (twin, max(limits))):
        declare(lake, mode, most)
    for number, rows in enumerate(files):
        drop(a_lake, number, rows)
        drop(twin, number, rows)
        a_lake.ingest_whole()
        twin.ingest_whole()
        if replays_between and len(limits) > 1:
            declare(a_lake, mode, max(limits[:2]))
            a_lake.lake.replay("bikes", "between")
            declare(a_lake, mode, limits[0])
    for most in [*limits[1:], max(limits)]:
        declare(a_lake, mode, max(limits[0], most))
        a_lake.lake.replay("bikes", f"up to {most}")
    found, wanted = _comparable(a_lake), _comparable(twin)
    assert found == wanted
    assert _open(a_lake) == _open(twin)
    before = a_lake.versions()
    a_lake.lake.replay("bikes", "once more")
    assert a_lake.versions() == before


def _comparable(a_lake):
    found = contents(a_lake).get("trusted.bikes")
    if found is None:
        return []
    deleted = [name for name in ("deleted_at",) if name in found.columns]
    times = dict(a_lake.rows("governance.processed_files", "name", "file_id"))
    by_time = {file // 2048: name for name, file in times.items()}
    rows = found.to_dicts()
    for row in rows:
        for name in deleted:
            row[name] = by_time[round(row[name].timestamp() * 1_000_000)] if row[name] else None
    return sorted(map(str, rows))


@pytest.mark.parametrize("mode", MODES)
@settings(
    max_examples=drawn(2), suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(files=FILES, limits=LIMITS, replays_between=st.booleans())
def test_a_few(tmp_path_factory, mode, files, limits, replays_between):
    _hold(tmp_path_factory.mktemp("modes"), mode, files, limits, replays_between)


@pytest.mark.heavy
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("mode", MODES)
@settings(
    max_examples=drawn(8), suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(files=FILES, limits=LIMITS, replays_between=st.booleans())
def test_many(tmp_path_factory, mode, files, limits, replays_between):
    _hold(tmp_path_factory.mktemp("modes"), mode, files, limits, replays_between)
