"""A column is added in a commit of its own; a writer of the same batch must not slip in before the rows."""

import polars as pl
from deltalake import DeltaTable

from lake_assets.storage.commit import Change, commit
from lake_assets.storage.data_files import write_data_files
from lake_assets_tests.storage.lakes import FLIGHTS, add, frame, values


def decided(root, rows, before_writing=lambda: None):
    def decide(table):
        if table.consumed("batch") is not None:
            return None
        files = write_data_files(root, FLIGHTS, rows)
        before_writing()
        return Change(rows.collect_schema(), files, consumed={"batch": 1})

    return decide


def test_the_batch_is_there_once(root, monkeypatch):
    add(root, frame(n=[0]))
    rows = frame(n=[1], price=[1.5])
    alter = DeltaTable.alter.fget

    class Slow:
        def __init__(self, table):
            self._alter = alter(table)

        def add_columns(self, *given, **named):
            self._alter.add_columns(*given, **named)
            monkeypatch.undo()
            commit(root, FLIGHTS, decided(root, rows))

    monkeypatch.setattr(DeltaTable, "alter", property(Slow))
    table = commit(root, FLIGHTS, decided(root, rows))
    assert values(root, "n") == [0, 1]
    assert table.schema == pl.Schema({"n": pl.Int64, "price": pl.Float64})
