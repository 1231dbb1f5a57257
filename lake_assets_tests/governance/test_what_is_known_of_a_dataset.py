"""What a connector is told: which bytes of which origin are known, and what it asked to be remembered."""

from dataclasses import replace

import pytest

from lake_assets.governance.known_files import KnownFiles
from lake_assets.governance.processed_files import known_files
from lake_assets.storage.root import LakeRoot
from lake_assets_tests.governance.fetched import BIKES, fetched, note


def test_nothing_at_first(tmp_path):
    known = known_files(LakeRoot(str(tmp_path)), BIKES)
    assert (known.state, known.latest_fingerprint("a")) == ("", None)
    assert not known.has("a", "1")


def test_landed_files_and_duplicates(tmp_path):
    root = LakeRoot(str(tmp_path))
    note(root, fetched("a"), fetched("copy", "a", fingerprint="7"))
    known = known_files(root, BIKES)
    assert known.has("a", "1")
    assert known.has("copy", "7")
    assert not known.has("a", "7")
    assert known.latest_fingerprint("copy") == "7"


def test_only_of_its_own_dataset(tmp_path):
    root = LakeRoot(str(tmp_path))
    note(root, fetched("a"), dataset=replace(BIKES, name="hires"))
    assert not known_files(root, BIKES).has("a", "1")


def test_the_newest_state(tmp_path):
    root = LakeRoot(str(tmp_path))
    note(root, replace(fetched("a"), state="page 1"), replace(fetched("b"), state="page 2"))
    assert known_files(root, BIKES).state == "page 2"


def test_the_state_of_a_duplicate_counts_too(tmp_path):
    root = LakeRoot(str(tmp_path))
    note(root, replace(fetched("a"), state="page 1"), replace(fetched("copy", "a"), state="page 2"))
    assert known_files(root, BIKES).state == "page 2"


def test_what_waits_is_known(tmp_path):
    known = KnownFiles()
    known.await_landing([replace(fetched("a"), state="page 1")])
    assert known.has("a", "1")
    assert (known.latest_fingerprint("a"), known.state) == ("1", "page 1")


def test_a_file_that_is_known_is_not_noted_again(tmp_path):
    root = LakeRoot(str(tmp_path))
    assert len(note(root, fetched("a"))) == 1
    assert note(root, fetched("a")) == []


def test_what_waits_came_later_than_what_landed(tmp_path):
    root = LakeRoot(str(tmp_path))
    note(root, fetched("a"))
    known = known_files(root, BIKES)
    known.await_landing([fetched("a", "other", fingerprint="2"), fetched("a", "third", fingerprint="3")])
    assert known.latest_fingerprint("a") == "3"
    assert [known.has("a", fingerprint) for fingerprint in "1234"] == [True, True, True, False]


@pytest.mark.parametrize("few", [0, 64])
def test_an_origin_is_known_by_all_that_it_was(few, tmp_path, monkeypatch):
    monkeypatch.setattr("lake_assets.governance.known_files._FEW", few)
    root = LakeRoot(str(tmp_path))
    note(root, fetched("a"))
    note(root, fetched("a", "other", fingerprint="2"), fetched("b"))
    known = known_files(root, BIKES)
    assert [known.has("a", fingerprint) for fingerprint in "123"] == [True, True, False]
    assert known.latest_fingerprint("a") == "2"
    assert not known.has("c", "1")
