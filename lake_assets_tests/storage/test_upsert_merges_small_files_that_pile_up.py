from lake_assets.storage.commit import Change, commit
from lake_assets.storage.data_files import write_data_files
from lake_assets.storage.table import open_table
from lake_assets.storage.upsert import plan_upsert
from lake_assets_tests.storage.lakes import FLIGHTS, frame, values

BATCHES = 40


def test_new_keys_alone_never_leave_many_files(local_root):
    most = 0
    for batch in range(BATCHES):
        commit(local_root, FLIGHTS, _decide(local_root, frame(n=[batch], tail=[f"N{batch}"])))
        most = max(most, open_table(local_root, FLIGHTS).files.height)
    assert most <= 17
    assert values(local_root, "n") == list(range(BATCHES))
    assert values(local_root, "tail") == sorted(f"N{batch}" for batch in range(BATCHES))


def _decide(root, rows):
    def decide(table):
        files = write_data_files(root, FLIGHTS, rows)
        if table is None:
            return Change(rows.collect_schema(), files)
        upsert = plan_upsert(table, files, ["n"])
        return Change(rows.collect_schema(), upsert.adds, upsert.removes)

    return decide
