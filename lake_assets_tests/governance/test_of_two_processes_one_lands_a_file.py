"""Two processes bring the same bytes at the same moment: one lands them, the other records a duplicate."""

import subprocess
import sys
from pathlib import Path

import pytest

from lake_assets.storage.root import LakeRoot
from lake_assets_tests.governance.fetched import rows

pytestmark = pytest.mark.heavy

_NOTE = f"""
import sys
sys.path.insert(0, {str(Path(__file__).parents[2])!r})
from lake_assets.storage.root import LakeRoot
from lake_assets_tests.governance.fetched import fetched, note
root, mine = LakeRoot(sys.argv[1]), sys.argv[2]
print("ready", flush=True)
sys.stdin.readline()
for number in range(8):
    note(root, fetched(f"{{mine}}-{{number}}", f"content {{number}}"), fetched(f"own-{{mine}}-{{number}}"))
    note(root, fetched(f"shared-{{number}}"))
"""


@pytest.fixture(scope="module")
def noted(tmp_path_factory):
    """What stands in processed files after three processes raced."""
    folder = tmp_path_factory.mktemp("lake")
    racing = [
        subprocess.Popen(
            [sys.executable, "-c", _NOTE, str(folder), name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in ("one", "two", "three")
    ]
    for process in racing:
        assert process.stdout.readline() == "ready\n"
    for process in racing:
        process.stdin.write("\n")
        process.stdin.flush()
    assert [process.communicate() and process.returncode for process in racing] == [0, 0, 0]
    return rows(LakeRoot(str(folder)))


def test_the_same_bytes_land_once(noted):
    landed = [row.sha256 for row in noted if row.outcome == "landed"]
    assert len(landed) == len(set(landed)) == 8 + 3 * 8 + 8


def test_the_same_bytes_under_other_names_are_duplicates(noted):
    duplicates = [row for row in noted if row.outcome == "duplicate"]
    ids = {row.file_id: row.sha256 for row in noted if row.outcome == "landed"}
    assert len(duplicates) == 2 * 8
    assert all(ids[row.duplicate_of] == row.sha256 for row in duplicates)


def test_the_same_file_of_the_same_origin_is_noted_once(noted):
    shared = [row.name for row in noted if row.name.startswith("shared")]
    assert sorted(shared) == sorted(f"shared-{number}" for number in range(8))


def test_ids_are_unique_and_grow(noted):
    ids = [row.file_id for row in noted]
    assert ids == sorted(set(ids))
