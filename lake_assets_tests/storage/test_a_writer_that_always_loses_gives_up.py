import pytest

from lake_assets.errors import ConflictError
from lake_assets.storage import commit as protocol
from lake_assets.storage.commit import Change, commit
from lake_assets.storage.data_files import write_data_files
from lake_assets_tests.storage.lakes import FLIGHTS, add, data_names, frame, values


def test_it_says_so_and_leaves_nothing(local_root, monkeypatch):
    monkeypatch.setattr(protocol, "_ATTEMPTS", 3)

    def decide(_):
        files = write_data_files(local_root, FLIGHTS, frame(n=[-1]))
        add(local_root, frame(n=[1]))
        return Change(frame(n=[1]).collect_schema(), files)

    with pytest.raises(ConflictError, match="3 times in a row") as caught:
        commit(local_root, FLIGHTS, decide)
    assert "trusted.flights" in caught.value.place
    assert values(local_root, "n") == [1, 1, 1]
    assert len(data_names(local_root)) == 3
