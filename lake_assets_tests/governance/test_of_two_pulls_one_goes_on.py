"""A file that goes on from a remembered state lands only while that is what is remembered."""

from __future__ import annotations

from dataclasses import replace

from lake_assets.governance.processed_files import known_files
from lake_assets.model import FetchedFile
from lake_assets.storage.root import LakeRoot
from lake_assets_tests.governance.fetched import BIKES, fetched, note, rows


def part(name: str, follows: str | None, state: str) -> FetchedFile:
    return replace(fetched(name), follows=follows, state=state)


def test_of_the_pull_that_lands_second_only_what_goes_on_is_taken(tmp_path):
    root = LakeRoot(str(tmp_path))
    first = [part("0-100", "", "100"), part("100-200", "100", "200")]
    second = [part("0-150", "", "150"), part("150-200", "150", "200"), part("200-300", "200", "300")]
    assert [file.name for file in note(root, *first)] == ["0-100", "100-200"]
    assert [file.name for file in note(root, *second)] == ["200-300"]
    assert known_files(root, BIKES).state == "300"


def test_bytes_that_are_dropped_are_never_placed(tmp_path):
    root = LakeRoot(str(tmp_path))
    note(root, part("0-100", "", "100"))
    assert note(root, part("0-150", "", "150"), part("150-200", "150", "200")) == []
    assert [row.name for row in rows(root)] == ["0-100"]


def test_a_part_after_one_that_is_missing_is_dropped(tmp_path):
    root = LakeRoot(str(tmp_path))
    assert [file.name for file in note(root, part("0", "", "1"), part("2", "2", "3"))] == ["0"]


def test_a_file_that_follows_nothing_lands_whatever_is_remembered(tmp_path):
    root = LakeRoot(str(tmp_path))
    note(root, part("a", None, "1"))
    assert [file.name for file in note(root, part("b", None, "7"), part("c", "7", "8"))] == ["b", "c"]
