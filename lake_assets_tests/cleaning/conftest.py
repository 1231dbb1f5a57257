"""Rows, and columns of them, through declared steps."""

import polars as pl
import pytest
from hypothesis import settings

from lake_assets_tests.cleaning.through_steps import cleaned


@pytest.fixture
def clean():
    return cleaned


@pytest.fixture
def cells():
    """One column of values through steps; what comes out."""

    def through(values, *declared, kind=None):
        return cleaned(pl.DataFrame({"a": values}, schema={"a": kind} if kind else None), *declared)["a"]

    return through


# A machine that is busy with other tests is slow; that is no fault.
settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")
