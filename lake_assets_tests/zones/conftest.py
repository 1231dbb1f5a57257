"""A lake for each test."""

import pytest
from hypothesis import settings

from lake_assets_tests.flow.a_lake import ALake


@pytest.fixture
def a_lake(tmp_path):
    return ALake(tmp_path)


# A machine that is busy with other tests is slow; that is no fault.
settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")
