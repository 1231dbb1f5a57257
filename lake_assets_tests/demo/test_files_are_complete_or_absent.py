"""A file is seen whole or not at all."""

import pytest

from lake_assets.demo._write import write_once


def _fails():
    raise OSError("the disk is full")


def test_a_failure_leaves_nothing_behind(tmp_path):
    with pytest.raises(OSError, match="the disk is full"):
        write_once(tmp_path / "watched" / "a.csv", _fails, tmp_path)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_the_watched_folder_shows_no_partial_file(tmp_path, monkeypatch):
    watched = tmp_path / "watched" / "a.csv"
    seen = []
    monkeypatch.setattr(
        "os.fsync", lambda _: seen.append((list(tmp_path.glob(".a.csv.*.partial")), watched.exists()))
    )
    write_once(watched, lambda: b"1", tmp_path)
    [(partial, was_there)] = seen
    assert partial
    assert not was_there
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["a.csv"]


def test_a_file_that_exists_is_not_even_made_again(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"old")
    write_once(tmp_path / "a.csv", _fails, tmp_path)
    assert (tmp_path / "a.csv").read_bytes() == b"old"
