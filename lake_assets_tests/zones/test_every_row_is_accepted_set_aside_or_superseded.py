"""Whatever comes in whatever batches: each row is in trusted, in quarantine, or superseded by one that is there."""

import pytest
from hypothesis import HealthCheck, given, settings

from lake_assets.model import Zone
from lake_assets_tests.examples import drawn
from lake_assets_tests.flow.a_lake import step
from lake_assets_tests.zones.batches_of_files import batches, drop, expected, found, fresh_lake


def _hold(mode, groups):
    with fresh_lake(mode) as a_lake:
        for number, files in enumerate(groups):
            before = a_lake.count("trusted.bikes")
            drop(a_lake, number, files)
            _adds_up(a_lake, mode, before, a_lake.ingest_whole())
        placed = expected(mode, groups)
        assert sorted(found(a_lake, "formatted.bikes"), key=str) == sorted(placed.received, key=str)
        assert sorted(found(a_lake, "trusted.bikes"), key=str) == sorted(placed.trusted, key=str)
        assert sorted(found(a_lake, "quarantine.bikes"), key=str) == sorted(placed.set_aside, key=str)
        assert not a_lake.ingest_whole().is_changed


def _adds_up(a_lake, mode, before, report):
    """What the report says is what the table shows."""
    trusted = step(report, Zone.TRUSTED, "bikes")
    assert trusted.rows_in >= trusted.rows_out + trusted.rows_quarantined
    superseded = trusted.rows_in - trusted.rows_out - trusted.rows_quarantined
    replaced = trusted.rows_merged - superseded
    assert (superseded, replaced) == (0, 0) or mode != "append"
    assert a_lake.count("trusted.bikes") == before + trusted.rows_out - replaced


@pytest.mark.parametrize("mode", ["append", "upsert", "replace"])
@settings(max_examples=4, suppress_health_check=[HealthCheck.too_slow])
@given(groups=batches)
def test_a_few_batches(mode, groups):
    _hold(mode, groups)


@pytest.mark.heavy
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("mode", ["append", "upsert", "replace"])
@settings(max_examples=drawn(20), suppress_health_check=[HealthCheck.too_slow])
@given(groups=batches)
def test_many_batches(mode, groups):
    _hold(mode, groups)
