"""A batch without a manifest goes when the process that began it is gone, and stays while it may go on."""

import os
import socket
import subprocess
import sys

import pytest

from lake_assets_tests.zones.sources import BIKES, Memory, steps

FOLDER = "temporary_landing/city/bikes"
HERE = socket.gethostname()


@pytest.fixture
def gone():
    """The id of a process that is no more."""
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    return ended.pid


def _leave(a_lake, name, *files):
    for file in files:
        a_lake.write(f"lake/{FOLDER}/{name}/{file}", "[]")


def _fetch(a_lake):
    steps(a_lake).fetch(BIKES, Memory({}))
    return {path.removeprefix(f"{FOLDER}/") for path in a_lake.paths()}


def test_of_a_process_that_is_gone(a_lake, gone):
    _leave(a_lake, f"20240101T000000000000-{gone}-{HERE}", "00000", ".x.part")
    assert _fetch(a_lake) == set()


@pytest.mark.parametrize(
    "name",
    [f"20240101T000000000000-{os.getpid()}-{HERE}", "20240101T000000000000-1-another-host", "stray"],
    ids=["alive", "elsewhere", "stray"],
)
def test_of_one_that_may_go_on_it_stays(a_lake, name):
    _leave(a_lake, name, "00000")
    assert _fetch(a_lake) == {f"{name}/00000"}


def test_a_finished_batch_stays_whoever_made_it(a_lake, gone):
    name = f"20240101T000000000000-{gone}-{HERE}"
    _leave(a_lake, name, "manifest.json", "00000")
    assert _fetch(a_lake) == {f"{name}/manifest.json", f"{name}/00000"}


def test_a_stray_file_beside_the_batches_is_no_batch(a_lake):
    a_lake.write(f"lake/{FOLDER}/note.txt", "somebody's")
    assert _fetch(a_lake) == {"note.txt"}
