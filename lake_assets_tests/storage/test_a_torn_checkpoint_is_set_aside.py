"""A checkpoint only repeats what the entries say, so a table whose checkpoint is torn opens without it."""

import pytest

from lake_assets.storage.table import open_table
from lake_assets_tests.storage.lakes import FLIGHTS, add_once, entry, frame, log_names, values

COMMITS = 23


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    from lake_assets.storage.root import LakeRoot

    root = LakeRoot(str(tmp_path_factory.mktemp("checkpoints")))
    for batch in range(COMMITS):
        add_once(root, frame(n=[batch]), batch)
    return root


@pytest.fixture
def root(log, tmp_path):
    import shutil

    from lake_assets.storage.root import LakeRoot

    shutil.copytree(log.uri, tmp_path / "lake")
    return LakeRoot(str(tmp_path / "lake"))


def checkpoint(root, version):
    return entry(root, version).with_suffix(".checkpoint.parquet")


def still_whole(root):
    table = open_table(root, FLIGHTS)
    return (table.version, table.consumed("batch"), values(root, "n")) == (
        COMMITS - 1,
        COMMITS - 1,
        list(range(COMMITS)),
    )


@pytest.mark.parametrize("torn", [b"", b"PAR1", b"\0" * 5000])
def test_the_newest(root, torn):
    checkpoint(root, 19).write_bytes(torn)
    assert still_whole(root)


def test_all_of_them(root):
    checkpoint(root, 9).write_bytes(b"torn")
    checkpoint(root, 19).write_bytes(b"torn")
    assert still_whole(root)
    assert sum(name.endswith(".checkpoint.parquet.torn") for name in log_names(root)) == 2


def test_one_that_another_process_takes_away_meanwhile(root):
    checkpoint(root, 9).unlink()
    checkpoint(root, 9).symlink_to("gone")
    checkpoint(root, 19).write_bytes(b"torn")
    assert still_whole(root)


def test_one_that_never_reached_the_disk(root):
    checkpoint(root, 19).unlink()
    assert still_whole(root)
    assert "_last_checkpoint" not in log_names(root)


@pytest.mark.parametrize("torn", [b"", b"\0\0\0"])
def test_the_note_of_which_is_the_newest(root, torn):
    checkpoint(root, 19).with_name("_last_checkpoint").write_bytes(torn)
    checkpoint(root, 19).write_bytes(b"torn")
    assert still_whole(root)


def test_writing_goes_on(root):
    checkpoint(root, 19).write_bytes(b"torn")
    for batch in range(COMMITS, COMMITS + 10):
        add_once(root, frame(n=[batch]), batch)
    assert values(root, "n") == list(range(COMMITS + 10))
    assert "00000000000000000029.checkpoint.parquet" in log_names(root)
