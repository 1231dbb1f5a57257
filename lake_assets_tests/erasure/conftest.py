"""A lake that knows a person, for each test."""

import pytest

from lake_assets_tests.erasure.people import KEY, fill
from lake_assets_tests.flow.a_lake import ALake


@pytest.fixture
def a_lake(tmp_path, monkeypatch):
    monkeypatch.setenv("LAKE_PSEUDONYM_KEY", KEY)
    return ALake(tmp_path)


@pytest.fixture
def peopled(a_lake):
    return fill(a_lake)
