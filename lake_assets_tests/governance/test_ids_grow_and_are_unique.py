"""The id of a landed file is unique in the lake and greater than every earlier one of its dataset."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lake_assets.governance.processed_files import landed_after
from lake_assets.storage.root import LakeRoot
from lake_assets_tests.governance.fetched import BIKES, fetched, note, rows

_DAY_US = 86_400_000_000
_times = st.lists(st.integers(-_DAY_US, _DAY_US), min_size=1, max_size=6)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(batches=st.lists(_times, min_size=1, max_size=3))
def test_whatever_the_clocks_say(tmp_path_factory, batches):
    root, ids = LakeRoot(str(tmp_path_factory.mktemp("lake"))), []
    for batch, times in enumerate(batches):
        files = [fetched(f"{batch}-{place}", after_us=time) for place, time in enumerate(times)]
        ids += [row.file_id for row in note(root, *files)]
    assert ids == sorted(set(ids))
    assert [row.file_id for row in rows(root)] == ids


def test_two_datasets_share_none(tmp_path):
    root, other = LakeRoot(str(tmp_path)), replace(BIKES, name="hires")
    note(root, *[fetched(f"a{number}", after_us=number) for number in range(20)])
    note(root, *[fetched(f"b{number}", after_us=number) for number in range(20)], dataset=other)
    ids = [row.file_id for row in rows(root)] + [row.file_id for row in rows(root, other)]
    assert len(set(ids)) == 40


def test_what_landed_after_a_file_is_what_has_a_greater_id(tmp_path):
    root = LakeRoot(str(tmp_path))
    first, second, third = note(root, fetched("a"), fetched("b"), fetched("c"))
    note(root, fetched("copy", "a"))
    assert landed_after(root, BIKES, 0) == [first, second, third]
    assert landed_after(root, BIKES, first.file_id) == [second, third]
    assert landed_after(root, BIKES, third.file_id) == []


def test_an_id_tells_when_the_file_came(tmp_path):
    (row,) = note(LakeRoot(str(tmp_path)), fetched("a"))
    assert row.file_id >> 11 == int(row.ingested_at.timestamp() * 1_000_000)


def test_the_path_is_readable_and_holds_no_odd_letter(tmp_path):
    (row,) = note(LakeRoot(str(tmp_path)), fetched("../hires 2024?.csv"))
    folder, _, name = row.path.rpartition("/")
    assert folder == "persistent_landing/city/bikes"
    assert name.startswith("20240101T120000-")
    assert name.endswith(f"_{row.sha256[:12]}_..-hires-2024-.csv")
