"""Whatever rows come late, twice or out of order, in whatever batches: the history is that of their days."""

import pytest
from hypothesis import HealthCheck, given, settings

from lake_assets_tests.examples import drawn
from lake_assets_tests.zones.histories import batches, declare, drop, expected, fresh_lake, held


def _hold(groups):
    with fresh_lake() as a_lake:
        declare(a_lake)
        seen, newest = [], None
        for number, files in enumerate(groups):
            for place, rows in enumerate(files):
                drop(a_lake, f"{number}-{place}", rows)
                # The same bytes as the file before are a duplicate, which changes nothing.
                seen += rows if rows != newest else []
                newest = rows
            a_lake.ingest_whole()
            assert held(a_lake) == expected(seen)
        assert not a_lake.ingest_whole().is_changed


@settings(max_examples=drawn(6), suppress_health_check=[HealthCheck.too_slow])
@given(groups=batches)
def test_a_few_batches(groups):
    _hold(groups)


@pytest.mark.heavy
@pytest.mark.timeout(1200)
@settings(max_examples=drawn(25), suppress_health_check=[HealthCheck.too_slow])
@given(groups=batches)
def test_many_batches(groups):
    _hold(groups)
