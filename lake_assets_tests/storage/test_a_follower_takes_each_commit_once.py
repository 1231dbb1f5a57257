import json

import polars as pl
import pytest

from lake_assets.model import TableRef, Zone
from lake_assets.storage.commit import Change
from lake_assets.storage.data_files import DataFile, write_data_files
from lake_assets.storage.follow import follow
from lake_assets.storage.table import find_table, open_table
from lake_assets_tests.storage.lakes import FLIGHTS, add, data_names, frame, values

FOLLOWER = TableRef(Zone.GOVERNANCE, "batches")


def lead(root, *batches, **change):
    """Commits of the leader, each saying which batch it holds."""
    for batch in batches:
        table = add(root, frame(n=[batch]), note={"batch": batch}, **change)
    return table


def take(leader, seen=None, **options):
    """Write down the batches that the leader's new commits name."""

    def change_for(notes):
        batches = [note.content["batch"] for note in notes]
        if seen is not None:
            seen.append(batches)
        rows = frame(batch=batches)
        return (
            Change(rows.collect_schema(), write_data_files(leader.root, FOLLOWER, rows)) if batches else None
        )

    return follow(leader, FOLLOWER, change_for, **options)


def taken(root):
    return values(root, "batch", FOLLOWER)


def test_one_by_one(root):
    for batch in range(3):
        take(lead(root, batch))
    assert taken(root) == [0, 1, 2]


def test_again_changes_nothing(root):
    leader = lead(root, 0)
    assert (take(leader).version, take(leader).version) == (0, 0)
    assert taken(root) == [0]


def test_it_catches_up_after_runs_that_died_in_between(root):
    take(lead(root, 0))
    take(lead(root, *range(1, 4)))
    assert taken(root) == list(range(4))


def test_an_older_view_of_the_leader_takes_nothing_twice(root):
    early = lead(root, 0)
    take(lead(root, 1, 2))
    take(early)
    assert taken(root) == [0, 1, 2]


def test_an_older_view_takes_only_what_it_shows(root):
    early = lead(root, 0)
    late = lead(root, 1, 2)
    take(early)
    assert taken(root) == [0]
    take(late)
    assert taken(root) == [0, 1, 2]


def test_commits_of_maintenance_lie_between(root):
    take(lead(root, 0))
    add(root, frame(n=[9]))
    lead(root, 1)
    take(add(root, frame(n=[9], price=[1.5])))
    assert taken(root) == [0, 1]


def test_a_leader_that_is_made_anew_is_another_one(root):
    take(lead(root, 0))
    root.files.delete_folder(FLIGHTS.path)
    take(lead(root, 7))
    assert taken(root) == [0, 7]


def test_a_leader_that_is_replaced_is_the_same_one(root):
    take(lead(root, 0))
    take(lead(root, 1, replaces_table=True))
    assert taken(root) == [0, 1]


def test_two_leaders_do_not_mix(root):
    other = TableRef(Zone.FORMATTED, "flights")
    take(lead(root, 0, 1))
    take(add(root, frame(n=[5]), other, note={"batch": 5}))
    take(lead(root, 2))
    assert taken(root) == [0, 1, 2, 5]


def test_nothing_concerns_it(root):
    leader = add(root, frame(n=[1]))
    assert take(leader) is None
    assert find_table(root, FOLLOWER) is None


class TestAnnounced:
    def test_commits_that_announce_nothing_are_not_read(self, root):
        seen = []
        assert take(lead(root, 0, 1), seen, announced="aside") is None
        assert seen == []

    def test_one_that_does_is_read_with_all_since(self, root):
        seen = []
        lead(root, 0)
        lead(root, 1, announces=["aside"])
        take(lead(root, 2), seen, announced="aside")
        assert (seen, taken(root)) == ([[0, 1, 2]], [0, 1, 2])
        take(lead(root, 3), seen, announced="aside")
        assert len(seen) == 1
        take(lead(root, 4, announces=["aside"]), seen, announced="aside")
        assert (seen[1:], taken(root)) == ([[3, 4]], [0, 1, 2, 3, 4])

    def test_by_the_first_commit_and_by_one_that_adds_a_column(self, root):
        take(lead(root, 0, announces=["aside"]), announced="aside")
        wider = add(root, frame(n=[1], price=[1.5]), note={"batch": 1}, announces=["aside"])
        take(wider, announced="aside")
        assert taken(root) == [0, 1]

    def test_under_another_name(self, root):
        assert take(lead(root, 0, announces=["other"]), announced="aside") is None


class TestFilesThatALeaderNames:
    """They were written before anyone decided to take them: whoever loses a race leaves them where they are."""

    @pytest.fixture
    def leader(self, root):
        files = write_data_files(root, FOLLOWER, frame(batch=[1, 2]))
        note = {"files": [vars(file) for file in files]}
        return add(root, frame(n=[0]), note=json.loads(json.dumps(note)))

    @staticmethod
    def adopt(leader, before=lambda: None):
        def change_for(notes):
            before()
            files = [DataFile(**file) for note in notes for file in note.content["files"]]
            return Change(pl.Schema({"batch": pl.Int64}), files)

        return follow(leader, FOLLOWER, change_for)

    def test_two_take_them_at_once(self, root, leader):
        faster = [lambda: self.adopt(leader)]
        self.adopt(leader, lambda: faster and faster.pop()())
        assert taken(root) == [1, 2]
        assert open_table(root, FOLLOWER).version == 0

    def test_another_leader_is_faster(self, root, leader):
        faster = [lambda: add(root, frame(batch=[3]), FOLLOWER)]
        self.adopt(leader, lambda: faster and faster.pop()())
        assert taken(root) == [1, 2, 3]
        assert len(data_names(root, FOLLOWER)) == 2
