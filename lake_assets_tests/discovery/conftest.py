"""A lake for each test."""

import pytest

from lake_assets_tests.flow.a_lake import ALake


@pytest.fixture
def a_lake(tmp_path):
    return ALake(tmp_path)
