import pytest

from lake_assets.storage.commit import Change, commit
from lake_assets.storage.data_files import write_data_files
from lake_assets.storage.maintenance import compact
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import open_table
from lake_assets.storage.upsert import plan_upsert
from lake_assets_tests.storage.lakes import FLIGHTS, add, frame, values


@pytest.fixture(params=["with space", "häfen", "100%", "a#b", "a[1]", "a*b?", "{a}", "it's"])
def root(request, tmp_path):
    return LakeRoot(str(tmp_path / request.param))


def test_what_is_committed_under_it_is_read(root):
    add(root, frame(n=[0]))
    add(root, frame(n=[1]))
    assert values(root, "n") == [0, 1]


def test_a_row_is_replaced_and_files_are_merged_under_it(root):
    add(root, frame(n=[0], by=["old"]))
    add(root, frame(n=[1], by=["old"]))

    def decide(table):
        rows = frame(n=[1], by=["new"])
        upsert = plan_upsert(table, write_data_files(root, FLIGHTS, rows), ["n"])
        return Change(rows.collect_schema(), upsert.adds, upsert.removes)

    commit(root, FLIGHTS, decide)
    assert compact(open_table(root, FLIGHTS)).files.height == 1
    assert values(root, "by") == ["new", "old"]
