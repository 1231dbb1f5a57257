from lake_assets_tests.storage.lakes import add, frame


def test_across_checkpoints_and_commits_that_consume_something_else(local_root):
    add(local_root, frame(n=[0]), consumed={"first": 0})
    for number in range(25):
        table = add(local_root, frame(n=[number]), consumed={"second": number})
    table.delta.create_checkpoint()
    table = add(local_root, frame(n=[1]))
    assert (table.consumed("first"), table.consumed("second"), table.consumed("third")) == (0, 24, None)


def test_when_the_table_is_replaced(root):
    add(root, frame(n=[0]), consumed={"first": 7})
    table = add(root, frame(m=["x"]), consumed={"second": 1}, replaces_table=True)
    assert (table.consumed("first"), table.consumed("second")) == (7, 1)


def test_by_a_commit_without_files(root):
    add(root, frame(n=[0]))
    table = add(root, frame(n=[0]).limit(0), consumed={"batch": 3})
    assert (table.version, table.consumed("batch"), table.row_count) == (1, 3, 1)
