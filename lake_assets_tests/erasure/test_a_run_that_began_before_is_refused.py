"""A run that began before an erasure commits nothing beside it or after it, and loses nothing: the next one goes on."""

import json
from functools import partial

import polars as pl
import pytest

from lake_assets.erasure import claimed, refuse_since, refuse_while_erasing
from lake_assets.errors import StorageError
from lake_assets.lake import erase_subject, profile_tables
from lake_assets.model import TableRef
from lake_assets.storage.change import Change
from lake_assets.storage.commit import commit
from lake_assets.storage.data_files import write_data_files
from lake_assets.storage.table import find_table
from lake_assets_tests.erasure.people import SUBJECT
from lake_assets_tests.storage import conftest as stores

LATER = json.dumps([{"hire": 9, "email": "joan@example.org", "price": 3.5}])
BESIDE, AFTER = "a person is being erased by process", "a person was erased since this run began"

bucket, local_root, s3_root, root = stores.bucket, stores.local_root, stores.s3_root, stores.root


@pytest.fixture
def hires(peopled):
    """The dataset in a lake in which a file waits that nobody has fetched."""
    peopled.drop("hires-3.json", LATER)
    return peopled.lake.declarations.dataset("hires")


def _connector(lake):
    from lake_assets.connectors import open_connector

    return open_connector(lake.declarations.sources[0])


def test_it_commits_nothing_beside_one_nor_after_one(peopled, hires):
    lake = peopled.lake
    steps = lake.steps()
    steps.fetch(hires, _connector(lake))
    before = peopled.versions()
    with claimed(lake.root), pytest.raises(StorageError, match=BESIDE):
        steps.land(hires)
    with pytest.raises(StorageError, match=AFTER):
        steps.land(hires)
    assert peopled.versions() == before
    peopled.ingest_whole()
    assert peopled.frame("formatted.hires").filter(hire=9).height == 1


def test_what_it_fetches_meanwhile_does_not_wait_to_be_landed(peopled, hires):
    steps = peopled.lake.steps()
    with claimed(peopled.lake.root), pytest.raises(StorageError, match=BESIDE):
        steps.fetch(hires, _connector(peopled.lake))
    assert not [path for path in peopled.paths() if path.endswith("manifest.json")]
    peopled.ingest_whole()
    assert peopled.frame("formatted.hires").filter(hire=9).height == 1


def test_an_erasure_while_it_works_is_enough_on_disk_as_on_s3(root):
    """Between what it reads and what it writes a whole erasure may pass: its files are taken back."""
    watched = root.watched(partial(refuse_since, root, refuse_while_erasing(root)))
    ref, rows = TableRef.parse("trusted.names"), pl.LazyFrame({"name": ["ada"]})

    def decide(_table):
        files = write_data_files(watched, ref, rows)
        with claimed(root):
            pass
        return Change(rows.collect_schema(), files)

    with pytest.raises(StorageError, match=AFTER):
        commit(watched, ref, decide)
    assert find_table(root, ref) is None
    assert [each.path for each in root.files.list("trusted")] == []


def test_neither_definitions_nor_profiles_are_recorded_of_what_was_read_before(peopled):
    lake = peopled.lake
    root = lake.root_to_write()
    with claimed(lake.root):
        with pytest.raises(StorageError, match=BESIDE):
            lake.record()
        with pytest.raises(StorageError, match=BESIDE):
            profile_tables(lake, [TableRef.parse("trusted.riders")], "run")
    with pytest.raises(StorageError, match=AFTER):
        root.refuse_late()


def test_an_erasure_is_not_stopped_by_its_own_claim(peopled):
    assert erase_subject(peopled.lake, SUBJECT, "", "ticket 7", "the officer").decision_id == 1


def test_an_erasure_before_it_began_is_nothing_to_it(peopled, hires):
    with claimed(peopled.lake.root):
        pass
    steps = peopled.lake.steps()
    steps.fetch(hires, _connector(peopled.lake))
    assert steps.land(hires).files == 1
