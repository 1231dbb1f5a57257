"""A file leaves its inbox once its bytes are recorded in the lake, and never before."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from lake_assets.connectors import _clearing
from lake_assets.model import Zone
from lake_assets_tests.flow.a_lake import ALake, step

_HERE = Path(__file__).parents[2]
ONE, TWO = "id\n1\n", "id\n2\n"


def declare(
    a_lake: ALake, after: str, datasets: str = 'hires: {from: "**/*.csv", key: [id]}', settle: str = ""
):
    options = f'kind: filesystem, path: "{a_lake.inbox}", after: {after}{settle}'
    indented = "".join(f"    {line}\n" for line in datasets.splitlines())
    text = f"type: lake_assets.Source\nattributes:\n  connector: {{{options}}}\n  datasets:\n{indented}"
    a_lake.write("defs/inbox/defs.yaml", text)
    a_lake.inbox.mkdir(exist_ok=True)


def left(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()
    }


def problems(report) -> str:
    return "\n".join(step(report, Zone.PERSISTENT_LANDING, "hires").problems)


@pytest.fixture
def deleting(tmp_path) -> ALake:
    a_lake = ALake(tmp_path)
    declare(a_lake, "delete")
    return a_lake


@pytest.fixture
def moving(tmp_path) -> ALake:
    a_lake = ALake(tmp_path)
    declare(a_lake, f'{{move: "{tmp_path}/done"}}')
    return a_lake


def test_it_is_deleted(deleting):
    deleting.drop("a.csv", ONE)
    deleting.drop("sub/b.csv", TWO)
    deleting.ingest_whole()
    assert left(deleting.inbox) == {}
    assert deleting.rows("trusted.hires", "id") == [(1,), (2,)]
    assert set(deleting.landed_bytes().values()) == {ONE.encode(), TWO.encode()}


def test_it_is_moved_and_keeps_its_path(moving):
    moving.drop("sub/a.csv", ONE)
    moving.ingest_whole()
    moving.drop("sub/a.csv", TWO)
    moving.ingest_whole()
    assert left(moving.inbox) == {}
    moved = left(moving.folder / "done")
    assert sorted(moved.values()) == [ONE, TWO]
    assert moved["sub/a.csv"] == ONE


def test_it_is_copied_to_another_disk(moving, monkeypatch):
    replace = Path.replace

    def refusing(path, target):
        if path.parent.name == _clearing.ASIDE:
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", refusing)
    moving.drop("a.csv", ONE)
    moving.ingest_whole()
    assert (left(moving.inbox), left(moving.folder / "done")) == ({}, {"a.csv": ONE})


def test_duplicates_leave_too(deleting):
    deleting.drop("a.csv", ONE)
    deleting.drop("b.csv", ONE)
    deleting.ingest_whole()
    assert left(deleting.inbox) == {}
    assert deleting.count("trusted.hires") == 1


@pytest.mark.parametrize("marker", ["a.csv.done", "a.done"])
def test_its_marker_leaves_with_it(tmp_path, marker):
    a_lake = ALake(tmp_path)
    declare(a_lake, "delete", settle=", settle: {done_marker: '*.done'}")
    a_lake.drop("a.csv", ONE)
    a_lake.drop(marker, "")
    a_lake.drop("b.csv", TWO)
    a_lake.ingest_whole()
    assert left(a_lake.inbox) == {"b.csv": TWO}


def test_the_marker_of_a_folder_stays(tmp_path):
    a_lake = ALake(tmp_path)
    declare(a_lake, "delete", settle=", settle: {done_marker: _SUCCESS}")
    a_lake.drop("a.csv", ONE)
    a_lake.drop("_SUCCESS", "")
    a_lake.ingest_whole()
    assert left(a_lake.inbox) == {"_SUCCESS": ""}


def test_a_version_that_comes_meanwhile_stays_and_lands(deleting, monkeypatch):
    deleting.drop("a.csv", ONE)
    rename = os.rename

    def renaming(old, new):
        deleting.drop("a.csv", TWO)
        rename(old, new)

    with monkeypatch.context() as patched:
        patched.setattr(os, "rename", renaming)
        deleting.ingest_whole()
    assert left(deleting.inbox) == {"a.csv": TWO}
    deleting.ingest_whole()
    assert left(deleting.inbox) == {}
    assert deleting.rows("trusted.hires", "id") == [(1,), (2,)]


def test_a_version_that_comes_while_another_is_put_back_leaves_both(deleting, monkeypatch):
    deleting.drop("a.csv", ONE)
    rename, link = os.rename, os.link

    def renaming(old, new):
        deleting.drop("a.csv", TWO)
        rename(old, new)

    def linking(old, new):
        if str(new).endswith("/inbox/a.csv"):
            deleting.drop("a.csv", "id\n3\n")
        link(old, new)

    with monkeypatch.context() as patched:
        patched.setattr(os, "rename", renaming)
        patched.setattr(os, "link", linking)
        deleting.ingest_whole()
    assert sorted(left(deleting.inbox).values()) == [TWO, "id\n3\n"]
    deleting.ingest_whole()
    assert left(deleting.inbox) == {}
    assert sorted(deleting.rows("trusted.hires", "id")) == [(1,), (2,), (3,)]


def test_what_another_dataset_collects_too_stays_and_is_told(tmp_path):
    a_lake = ALake(tmp_path)
    declare(a_lake, "delete", 'hires: {from: "**/*.csv", key: [id]}\nothers: {from: "a*.csv", key: [id]}')
    a_lake.drop("a.csv", ONE)
    a_lake.drop("b.csv", TWO)
    report = a_lake.ingest_whole()
    assert left(a_lake.inbox) == {"a.csv": ONE}
    assert "a.csv: fits another dataset, too" in problems(report)
    assert a_lake.count("trusted.others") == 1


def test_a_link_stays_and_is_told(deleting):
    deleting.drop("sub/real", ONE)
    (deleting.inbox / "a.csv").symlink_to("sub/real")
    assert "a.csv: is a link, and stays" in problems(deleting.ingest_whole())
    assert left(deleting.inbox) == {"sub/real": ONE, "a.csv": ONE}


def test_what_cannot_be_cleared_is_told_and_stops_nothing(moving):
    (moving.folder / "done").write_text("a file where the folder should be")
    moving.drop("a.csv", ONE)
    report = moving.ingest_whole()
    assert "a file that has landed stays: a.csv: " in problems(report)
    assert "to mend: " in problems(report)
    assert moving.count("trusted.hires") == 1
    (moving.folder / "done").unlink()
    moving.ingest_whole()
    assert (left(moving.inbox), left(moving.folder / "done")) == ({}, {"a.csv": ONE})


def test_a_folder_that_is_looked_through_is_no_place_to_move_to(tmp_path):
    a_lake = ALake(tmp_path)
    declare(a_lake, f'{{move: "{a_lake.inbox}/done"}}')
    a_lake.drop("a.csv", ONE)
    (failure, *_) = a_lake.ingest().failures
    assert "would land again" in failure.error.what
    declare(a_lake, f'{{move: "{a_lake.inbox}/done"}}', 'hires: {from: "*.csv", key: [id]}')
    a_lake.ingest_whole()
    assert left(a_lake.inbox) == {"done/a.csv": ONE}


_DIES = f"""
import os, signal, sys
sys.path.insert(0, {str(_HERE)!r})
from pathlib import Path
from lake_assets.governance import taking_note
from lake_assets.connectors import _clearing
from lake_assets_tests.flow.a_lake import ALake

def die(*_arguments, **_more):
    os.kill(os.getpid(), signal.SIGKILL)

def commit_and_die(*arguments, commit=taking_note.commit):
    commit(*arguments)
    die()

def rename_and_die(*arguments, rename=os.rename):
    rename(*arguments)
    die()

where = sys.argv[2]
if where == "placed":
    taking_note.write_data_files = die
if where == "recorded":
    taking_note.commit = commit_and_die
if where == "aside":
    os.rename = rename_and_die
if where == "verified":
    _clearing._move = os.unlink = die
ALake(Path(sys.argv[1])).ingest()
"""


@pytest.mark.parametrize("where", ["placed", "recorded", "aside", "verified"])
@pytest.mark.parametrize("after", ["deleting", "moving"])
def test_a_kill_at_any_moment_costs_no_byte(request, after, where):
    a_lake = request.getfixturevalue(after)
    a_lake.drop("sub/a.csv", ONE)
    a_lake.drop("b.csv", TWO)
    command = [sys.executable, "-c", _DIES, str(a_lake.folder), where]
    assert subprocess.run(command, check=False, timeout=120).returncode == -signal.SIGKILL
    held = [content.decode() for content in a_lake.landed_bytes().values()]
    assert set(left(a_lake.inbox).values()) | set(held) == {ONE, TWO}
    if where == "placed":
        assert set(left(a_lake.inbox).values()) == {ONE, TWO}, "nothing goes before it is recorded"
    a_lake.ingest_whole()
    assert left(a_lake.inbox) == {}
    assert sorted(a_lake.landed_bytes().values()) == [ONE.encode(), TWO.encode()]
    assert sorted(a_lake.rows("trusted.hires", "id")) == [(1,), (2,)]
    assert not list(a_lake.inbox.rglob(_clearing.ASIDE))
    if after == "moving":
        assert left(a_lake.folder / "done") == {"sub/a.csv": ONE, "b.csv": TWO}
