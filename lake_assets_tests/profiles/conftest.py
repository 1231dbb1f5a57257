"""Tables to profile."""

import polars as pl
import pytest

from lake_assets.model import TableRef, Zone
from lake_assets.profiles import profile_table
from lake_assets.storage.commit import Change, commit
from lake_assets.storage.data_files import write_data_files
from lake_assets.storage.root import LakeRoot

HIRES = TableRef(Zone.TRUSTED, "hires")


@pytest.fixture
def root(tmp_path):
    return LakeRoot(str(tmp_path / "lake"))


@pytest.fixture
def written(root):
    """Writes a version of a table, which replaces the one before."""

    def write(columns, ref=HIRES):
        frame = pl.DataFrame(columns)

        def decide(_):
            files = write_data_files(root, ref, frame.lazy())
            return Change(frame.schema, files, note={"run_id": "x"}, replaces_table=True)

        return commit(root, ref, decide)

    return write


@pytest.fixture
def profiled(written):
    """Profiles a table of some columns."""

    def profile(columns, hidden=(), before=None):
        return profile_table(written(columns), set(hidden), before)

    return profile
