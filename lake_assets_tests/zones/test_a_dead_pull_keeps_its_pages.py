"""What a connector remembers with each file survives the process that fetched it, batch sealed or not."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from lake_assets_tests.flow.a_lake import ALake
from lake_assets_tests.zones.sources import BIKES, Memory, noted, steps

_HERE = Path(__file__).parents[2]
_PULL = f"""
import os, signal, sys
sys.path.insert(0, {str(_HERE)!r})
from pathlib import Path
from lake_assets_tests.flow.a_lake import ALake
from lake_assets_tests.zones.sources import BIKES, Memory, steps
class Dying(Memory):
    def _fetch(self, name, into):
        if name == sys.argv[2]:
            into.write(b"half of")
            os.kill(os.getpid(), signal.SIGKILL)
        return super()._fetch(name, into)
steps(ALake(Path(sys.argv[1]))).fetch(BIKES, Dying({{f"{{n}}.csv": f"id\\n{{n}}\\n".encode() for n in "abcd"}}))
"""
FILES = {f"{name}.csv": f"id\n{name}\n".encode() for name in "abcd"}


def killed_in(name, folder):
    """A lake in which a pull was killed in the middle of a file."""
    done = subprocess.run([sys.executable, "-c", _PULL, folder, name], check=False)
    assert done.returncode == -signal.SIGKILL
    return ALake(folder)


@pytest.fixture(scope="module")
def died(tmp_path_factory):
    return killed_in("c.csv", tmp_path_factory.mktemp("died"))


@pytest.fixture
def dead(died, tmp_path):
    """A copy of it."""
    return died.copied_to(tmp_path)


def batch(a_lake):
    (folder,) = (Path(a_lake.folder) / "lake/temporary_landing/city/bikes").iterdir()
    return folder


def test_the_next_run_fetches_the_rest_alone(dead):
    again = Memory(FILES)
    steps(dead).fetch(BIKES, again)
    assert again.asked == ["c.csv", "d.csv"]
    steps(dead).land(BIKES)
    assert [name for name, _ in noted(dead)] == ["a.csv", "b.csv", "c.csv", "d.csv"]


def test_half_of_the_first_file_is_deleted(tmp_path):
    a_lake = killed_in("a.csv", tmp_path)
    (half,) = batch(a_lake).iterdir()
    assert half.suffix == ".lake-part"
    steps(a_lake).fetch(BIKES, Memory(FILES))
    assert not half.exists()
    steps(a_lake).land(BIKES)
    assert [name for name, _ in noted(a_lake)] == ["a.csv", "b.csv", "c.csv", "d.csv"]


def test_what_was_remembered_last_is_remembered(dead):
    states = []

    class Asking(Memory):
        def discover(self, dataset, known):
            states.append(known.state)
            return iter(())

    steps(dead).fetch(BIKES, Asking({}))
    assert states == ["after b.csv"]


@pytest.mark.parametrize("damage", ["emptied", "gone", "note cut", "note gone"])
def test_what_is_not_whole_and_all_after_it_is_fetched_again(dead, damage):
    file = batch(dead) / "00000"
    note = file.with_name("00000.note.json")
    {
        "emptied": lambda: file.write_bytes(b""),
        "gone": file.unlink,
        "note cut": lambda: note.write_bytes(note.read_bytes()[:20]),
        "note gone": lambda: [each.unlink() for each in batch(dead).glob("*.note.json")],
    }[damage]()
    again = Memory(FILES)
    steps(dead).fetch(BIKES, again)
    assert again.asked == ["a.csv", "b.csv", "c.csv", "d.csv"]


def test_nothing_of_it_is_left_once_it_landed(dead):
    steps(dead).fetch(BIKES, Memory({}))
    steps(dead).land(BIKES)
    assert [path for path in dead.paths() if path.startswith("temporary")] == []


def test_a_pull_that_goes_on_is_left_alone(dead):
    name = f"20240101T000000000000-{os.getpid()}-{os.uname().nodename}"
    batch(dead).rename(batch(dead).with_name(name))
    again = Memory(FILES)
    steps(dead).fetch(BIKES, again)
    assert again.asked == ["a.csv", "b.csv", "c.csv", "d.csv"]
