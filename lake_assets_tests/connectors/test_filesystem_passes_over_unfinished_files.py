import os
import time

import pytest

from lake_assets.connectors import filesystem
from lake_assets.connectors.filesystem import Filesystem
from lake_assets.errors import ConnectorError
from lake_assets.model import Dataset, Source
from lake_assets_tests.connectors.memory import Memory, contents, fetched, land

DATASET = Dataset("d", "s", origin="**/*")


def connector(path, **options):
    return Filesystem(Source("s", "filesystem", {"path": str(path), **options}))


@pytest.mark.parametrize("name", [".x", ".git/x", "x.part", "x.filepart", "x.tmp", "x~", "x.part/y"])
def test_hidden_and_partial_names_are_passed_over(tmp_path, name):
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("x")
    (tmp_path / "x.csv").write_text("y")
    assert contents(land(connector(tmp_path), DATASET, Memory())) == [b"y"]


def test_a_file_younger_than_settle_s_is_left_for_the_next_look(tmp_path):
    file, memory = tmp_path / "x.csv", Memory()
    file.write_text("1")
    assert land(connector(tmp_path, settle_s=60), DATASET, memory) == []
    os.utime(file, (time.time() - 61,) * 2)
    assert contents(land(connector(tmp_path, settle_s=60), DATASET, memory)) == [b"1"]


def test_a_clock_that_is_ahead_does_not_hold_a_file_back_for_ever(tmp_path):
    file = tmp_path / "x.csv"
    file.write_text("1")
    os.utime(file, (time.time() + 3600,) * 2)
    assert contents(land(connector(tmp_path, settle_s=60), DATASET, Memory())) == [b"1"]


def test_a_file_that_grew_since_it_was_listed_is_still_being_written(tmp_path):
    (tmp_path / "a.csv").write_text("1")
    (tmp_path / "b.csv").write_text("2")
    memory = Memory()
    arrivals = connector(tmp_path).discover(DATASET, memory)
    growing = next(arrivals)
    with (tmp_path / "a.csv").open("a") as file:
        file.write("more")
    with pytest.raises(ConnectorError, match="is still being written: 1 bytes when listed, 5 now") as caught:
        fetched(growing)
    assert "file a.csv" in caught.value.place
    assert ".part" in caught.value.mend
    memory.note(fetched(next(arrivals)))
    assert contents(land(connector(tmp_path), DATASET, memory)) == [b"1more"]


def test_a_file_that_changes_while_it_is_read_is_still_being_written(tmp_path, monkeypatch):
    monkeypatch.setattr(filesystem, "CHUNK_BYTES", 4)
    file = tmp_path / "a.csv"
    file.write_text("12345678")
    (arrival,) = connector(tmp_path).discover(DATASET, Memory())

    class Meddling:
        def write(self, chunk):
            os.utime(file, (1, 1))
            return len(chunk)

    with pytest.raises(ConnectorError, match="is still being written"):
        arrival.fetch(Meddling())


def test_a_file_that_is_replaced_while_it_is_read_arrives_as_it_was(tmp_path, monkeypatch):
    monkeypatch.setattr(filesystem, "CHUNK_BYTES", 4)
    (tmp_path / "a.csv").write_text("12345678")
    memory, pieces = Memory(), []
    (arrival,) = connector(tmp_path).discover(DATASET, memory)

    class Meddling:
        def write(self, chunk):
            if not pieces:
                (tmp_path / "new.part").write_text("other")
                (tmp_path / "new.part").replace(tmp_path / "a.csv")
            pieces.append(chunk)
            return len(chunk)

    arrival.fetch(Meddling())
    assert b"".join(pieces) == b"12345678"
    memory.seen.add((arrival.origin, arrival.fingerprint))
    memory.latest[arrival.origin] = arrival.fingerprint
    assert contents(land(connector(tmp_path), DATASET, memory)) == [b"other"]
