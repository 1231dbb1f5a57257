"""A prepared home is left as it is, and what its user took away stays away."""

import shutil

import pytest

from lake_assets.demo import prepare


@pytest.fixture
def own(files, tmp_path):
    """A prepared home that a test may change."""
    home = tmp_path / "home"
    shutil.copytree(files.home, home)
    return prepare(home)


def _state(home):
    return {
        path.relative_to(home): (
            path.stat().st_mtime_ns,
            path.stat().st_ino,
            path.is_file() and path.read_bytes(),
        )
        for path in home.rglob("*")
    }


def test_bytes_and_times_stay(own):
    before = _state(own.home)
    assert prepare(own.home) == own
    assert _state(own.home) == before


def test_a_file_taken_from_the_inbox_stays_away(own):
    landed = own.inbox / "flights-2013-03.csv"
    landed.unlink()
    prepare(own.home)
    assert not landed.exists()


def test_a_month_moved_to_the_inbox_is_not_laid_out_again(own):
    july = own.later / "flights-2013-07.csv"
    july.rename(own.inbox / july.name)
    prepare(own.home)
    assert not july.exists()


def test_a_file_the_user_changed_is_kept(own):
    (own.inbox / "flights-2013-01.csv").write_bytes(b"mine")
    prepare(own.home)
    assert (own.inbox / "flights-2013-01.csv").read_bytes() == b"mine"


def test_what_the_servers_need_comes_back(own, files):
    for path in (own.http / "airlines.csv", own.s3 / "planes" / "planes-2.csv", own.weather):
        path.unlink()
        prepare(own.home)
        assert path.read_bytes() == (files.home / path.relative_to(own.home)).read_bytes()


def test_an_interrupted_preparation_is_finished(own, files):
    (own.home / "prepared.json").unlink()
    shutil.rmtree(own.later)
    kept = (own.inbox / "flights-2013-01.csv").stat()
    prepare(own.home)
    assert (own.inbox / "flights-2013-01.csv").stat() == kept
    assert {path.name for path in own.later.iterdir()} == {path.name for path in files.later.iterdir()}


def test_a_relative_home_is_made_absolute(files, tmp_path, monkeypatch):
    monkeypatch.chdir(files.home.parent)
    assert prepare(files.home.relative_to(files.home.parent)) == files
