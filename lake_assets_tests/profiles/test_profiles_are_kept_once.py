"""`governance.profiles` has each version once, gives it back whole, and can be made anew."""

import shutil

from lake_assets.model import TableRef, Zone
from lake_assets.profiles import PROFILES, is_profiled, last_profile, profile_table, record_profiles
from lake_assets.storage.commit import Change, commit
from lake_assets.storage.table import find_table, open_table

_COLUMNS = {"hire_id": [1, 2, 3, 4], "city": ["Leeds", "York", "Leeds", None], "price": [1.5, 2.5, None, 2.5]}
_OTHER = TableRef(Zone.EXPLOITATION, "takings")


def test_what_was_kept_comes_back(root, written):
    table = written(_COLUMNS)
    first = profile_table(table, set())
    record_profiles(root, [(table, first)])
    newer = written({**_COLUMNS, "price": [9.5, 9.5, 9.5, 9.5]})
    second = profile_table(newer, set(), first, run_id="r")
    record_profiles(root, [(newer, second)])
    assert last_profile(open_table(root, PROFILES), table.ref) == second
    assert second.column("price").drift.version == first.version
    assert last_profile(open_table(root, PROFILES), _OTHER) is None
    assert last_profile(None, _OTHER) is None


def test_the_profiles_of_a_run_are_one_commit(root, written):
    tables = [written(_COLUMNS), written(_COLUMNS, _OTHER)]
    assert record_profiles(root, [(table, profile_table(table, set())) for table in tables]) == 2
    assert open_table(root, PROFILES).version == 0


def test_a_version_is_kept_once(root, written):
    table = written(_COLUMNS)
    made = [(table, profile_table(table, set()))]
    assert (record_profiles(root, made), record_profiles(root, made)) == (1, 0)
    assert open_table(root, PROFILES).row_count == len(_COLUMNS)


def test_only_a_version_that_says_something_is_new(root, written):
    table = written(_COLUMNS)
    assert not is_profiled(root, table)
    record_profiles(root, [(table, profile_table(table, set()))])
    assert is_profiled(root, table)
    kept = commit(root, table.ref, lambda _: Change(table.schema, is_data_change=False))
    assert kept.version > table.version
    assert is_profiled(root, kept)
    assert not is_profiled(root, written(_COLUMNS))


def test_profiles_can_be_made_anew(root, written):
    table = written(_COLUMNS)
    made = profile_table(table, set())
    record_profiles(root, [(table, made)])
    shutil.rmtree(root.local_path(PROFILES.path))
    assert find_table(root, PROFILES) is None
    assert not is_profiled(root, table)
    assert record_profiles(root, [(table, made)]) == 1
