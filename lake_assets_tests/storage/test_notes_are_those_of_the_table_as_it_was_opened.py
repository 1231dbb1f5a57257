"""`Table.notes` says what the commits up to its own version said, whatever lies between or came later."""

import pytest

from lake_assets.errors import CorruptTableError
from lake_assets.storage.table import open_table
from lake_assets_tests.storage.lakes import FLIGHTS, add, entry, frame


def said(notes):
    return [(note.version, note.content["batch"]) for note in notes]


def write(root, batches, **columns):
    for batch in batches:
        table = add(root, frame(n=[batch], **columns), note={"batch": batch})
    return table


def test_not_of_later_commits(root):
    early = write(root, range(3))
    write(root, range(3, 6))
    assert said(early.notes(None)) == [(0, 0), (1, 1), (2, 2)]
    assert said(early.notes(1)) == [(2, 2)]
    assert early.notes(2) == []
    assert said([early.last_note()]) == [(2, 2)]


def test_across_checkpoints_and_compacted_logs(local_root):
    table = write(local_root, range(25))
    table.delta.compact_logs(3, 8)
    assert said(open_table(local_root, FLIGHTS).notes(None)) == [(batch, batch) for batch in range(25)]


def test_commits_that_say_nothing_lie_between(root):
    write(root, [0])
    for _ in range(4):
        add(root, frame(n=[9]))
    table = add(root, frame(n=[9], price=[1.5]))
    assert said(table.notes(None)) == [(0, 0)]
    assert said([table.last_note()]) == [(0, 0)]


def test_a_column_was_added(root):
    write(root, [0])
    table = write(root, [1], price=[1.5])
    assert said(table.notes(None)) == [(0, 0), (2, 1)]


def test_none_has_said_anything(root):
    assert add(root, frame(n=[1])).last_note() is None


def test_a_commit_whose_entry_is_gone_is_not_passed_over(local_root):
    write(local_root, range(12))
    entry(local_root, 3).unlink()
    table = open_table(local_root, FLIGHTS)
    assert said(table.notes(9)) == [(10, 10), (11, 11)]
    with pytest.raises(CorruptTableError, match="log entry 3 is gone"):
        table.notes(None)
