import pytest

from lake_assets.errors import UnknownTableError
from lake_assets.storage.table import find_table, open_table
from lake_assets_tests.storage.lakes import FLIGHTS, add, frame, values


def test_a_table_that_was_never_written_is_not_there(root):
    assert find_table(root, FLIGHTS) is None
    with pytest.raises(UnknownTableError, match="no table trusted") as caught:
        open_table(root, FLIGHTS)
    assert caught.value.place == root.uri


def test_rows_come_back(root):
    add(root, frame(n=[1, 2]))
    table = add(root, frame(n=[3]))
    assert values(root, "n") == [1, 2, 3]
    assert (table.version, table.row_count) == (1, 3)
    assert table.size_bytes > 0
