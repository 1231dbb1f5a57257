"""Other runs that land at the same moment, and files that vanish: every file is noted once, or told as lost."""

import shutil
from functools import cached_property

import pytest

from lake_assets.lake import Steps
from lake_assets.storage.local_files import LocalFiles
from lake_assets.storage.root import LakeRoot
from lake_assets_tests.zones.sources import BIKES, Memory, noted, steps

SAME, OTHER = b"id\n1\n", b"id\n2\n"


class Busy(LocalFiles):
    """A file store beside which something happens, once, just before it opens or copies a file."""

    before_copy = before_open = staticmethod(lambda: None)

    def copy(self, old, new):
        happen, self.before_copy = self.before_copy, lambda: None
        happen()
        super().copy(old, new)

    def open(self, path):
        happen, self.before_open = self.before_open, lambda: None
        happen()
        return super().open(path)


class BusyRoot(LakeRoot):
    @cached_property
    def files(self):
        return Busy(self.uri)


@pytest.fixture
def disturbed(a_lake):
    """The flow of a run in a busy lake, and its file store."""
    root = BusyRoot(a_lake.lake.root.uri)
    return Steps(root, steps(a_lake).run), root.files


def _land_beside(a_lake, files):
    """What another run does with a batch of its own, which leaves those that wait alone."""
    waiting, aside = a_lake.folder / "lake/temporary_landing", a_lake.folder / "aside"
    shutil.move(waiting, aside)
    flow = steps(a_lake)
    flow.fetch(BIKES, Memory(files))
    flow.land(BIKES)
    shutil.rmtree(waiting)
    shutil.move(aside, waiting)


def test_another_run_landed_the_batch_before_it_was_read(a_lake, disturbed):
    flow, files = disturbed
    steps(a_lake).fetch(BIKES, Memory({"a": SAME}))
    files.before_open = lambda: steps(a_lake).land(BIKES)
    assert not flow.land(BIKES).is_changed
    assert noted(a_lake) == [("a", "landed")]


def test_another_run_lands_the_same_batch(a_lake, disturbed):
    flow, files = disturbed
    steps(a_lake).fetch(BIKES, Memory({"a": SAME}))
    files.before_copy = lambda: steps(a_lake).land(BIKES)
    report = flow.land(BIKES)
    assert not report.is_changed
    assert not report.problems
    assert noted(a_lake) == [("a", "landed")]
    assert list(a_lake.landed_bytes().values()) == [SAME]


def test_another_run_lands_the_same_bytes_under_another_name(a_lake, disturbed):
    flow, files = disturbed
    steps(a_lake).fetch(BIKES, Memory({"a": SAME}))
    files.before_copy = lambda: _land_beside(a_lake, {"b": SAME})
    report = flow.land(BIKES)
    assert (report.files, report.duplicates) == (0, 1)
    assert sorted(noted(a_lake)) == [("a", "duplicate"), ("b", "landed")]
    paths = {path for (path,) in a_lake.rows("governance.processed_files", "path")}
    assert a_lake.landed_bytes().keys() == paths


@pytest.fixture
def lost(a_lake):
    """Where the first of two waiting files was; something deleted it."""
    steps(a_lake).fetch(BIKES, Memory({"a": SAME, "b": OTHER}))
    (path,) = [path for path in a_lake.paths() if path.endswith("00000")]
    (a_lake.folder / "lake" / path).unlink()
    return path


def test_a_file_that_vanished_is_told_and_the_others_land(a_lake, lost):
    (problem,) = steps(a_lake).land(BIKES).problems
    assert noted(a_lake) == [("b", "landed")]
    what, at, mend = problem.splitlines()
    assert what == "file a was lost from temporary landing before it landed"
    assert at == f"  at: {lost}"
    assert mend.startswith("  to mend: ")


def test_a_file_that_vanished_is_fetched_again(a_lake, lost):
    flow = steps(a_lake)
    flow.land(BIKES)
    flow.fetch(BIKES, Memory({"a": SAME, "b": OTHER}))
    flow.land(BIKES)
    assert sorted(noted(a_lake)) == [("a", "landed"), ("b", "landed")]
