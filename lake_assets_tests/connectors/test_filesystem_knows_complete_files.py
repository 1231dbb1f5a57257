import os
import time

import pytest

from lake_assets.connectors.filesystem import Filesystem
from lake_assets.errors import DeclarationError
from lake_assets.model import Dataset, Source
from lake_assets_tests.connectors.memory import Memory, contents, land

DATASET = Dataset("d", "s", origin="**/*")


def connector(path, **options):
    return Filesystem(Source("s", "filesystem", {"path": str(path), **options}))


def put(path, at_s, content=""):
    path.parent.mkdir(exist_ok=True)
    path.write_text(content)
    os.utime(path, (at_s, at_s))


@pytest.mark.parametrize("marker", ["a.csv.done", "a.done"])
def test_a_file_lands_once_its_marker_is_there(tmp_path, marker):
    put(tmp_path / "a.csv", 5, "1")
    marked = connector(tmp_path, settle={"done_marker": "*.done"})
    memory = Memory()
    assert land(marked, DATASET, memory) == []
    put(tmp_path / marker, 5)
    assert contents(land(marked, DATASET, memory)) == [b"1"]
    assert land(marked, DATASET, memory) == []


def test_a_marker_of_an_older_version_says_nothing_of_this_one(tmp_path):
    put(tmp_path / "a.csv", 5, "1")
    put(tmp_path / "a.csv.done", 4)
    marked = connector(tmp_path, settle={"done_marker": "*.done"})
    assert land(marked, DATASET, Memory()) == []
    put(tmp_path / "a.csv.done", 6)
    assert contents(land(marked, DATASET, Memory())) == [b"1"]


def test_one_marker_may_stand_for_a_folder(tmp_path):
    put(tmp_path / "one" / "a.csv", 5, "1")
    put(tmp_path / "two" / "b.csv", 5, "2")
    put(tmp_path / "two" / "_SUCCESS", 6)
    marked = connector(tmp_path, settle={"done_marker": "_SUCCESS"})
    assert contents(land(marked, DATASET, Memory())) == [b"2"]


def test_a_file_that_is_stable_lands(tmp_path):
    put(tmp_path / "old.csv", time.time() - 10, "1")
    put(tmp_path / "new.csv", time.time(), "2")
    assert contents(land(connector(tmp_path, settle={"stable_s": 5}), DATASET, Memory())) == [b"1"]


def test_a_file_that_came_by_rename_is_taken_at_once(tmp_path):
    (tmp_path / "a.csv.part").write_text("1")
    renamed = connector(tmp_path, settle="rename")
    assert land(renamed, DATASET, Memory()) == []
    (tmp_path / "a.csv.part").rename(tmp_path / "a.csv")
    assert contents(land(renamed, DATASET, Memory())) == [b"1"]


@pytest.mark.parametrize(
    "options",
    [
        {"settle": "soon"},
        {"settle": {"stable_s": -1}},
        {"settle": {"done_marker": "sub/*.done"}},
        {"settle": {"done_marker": "*"}},
        {"settle": {"done_marker": "*.*"}},
        {"settle": {"done_marker": "*.done", "stable_s": 1}},
        {"settle": "rename", "settle_s": 2},
        {"after": "burn"},
        {"after": {"move": ""}},
    ],
    ids=str,
)
def test_what_makes_no_sense_is_refused(tmp_path, options):
    with pytest.raises(DeclarationError):
        connector(tmp_path, **options)
