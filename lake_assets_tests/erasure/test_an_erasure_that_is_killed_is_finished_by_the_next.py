"""SIGKILL at random moments of an erasure, then the same erasure again: nothing of the person, all of the others."""

import random

import pytest

from lake_assets.lake import erase_subject
from lake_assets_tests.erasure.people import SUBJECT, places_of
from lake_assets_tests.flow.forks import Forks
from lake_assets_tests.flow.twins import contents

pytestmark = [pytest.mark.heavy, pytest.mark.timeout(900)]

KILLS = 6
ERASES = f"erase_subject(lake, {SUBJECT!r}, '', 'ticket 7', 'the officer')"


@pytest.fixture(scope="module")
def forks():
    with Forks(ERASES) as forks:
        yield forks


@pytest.fixture(scope="module")
def undisturbed(filled, forks, tmp_path_factory):
    """The twin that nobody kills, and how long its erasure takes."""
    twin = filled.copied_to(tmp_path_factory.mktemp("undisturbed") / "copy")
    return twin, forks.seconds_to_the_end(twin.folder)


@pytest.fixture(scope="module")
def killed(filled, undisturbed, forks, tmp_path_factory):
    """Twins whose erasure was killed, and then asked for again."""
    chance, (_, seconds), folder = random.Random(7), undisturbed, tmp_path_factory.mktemp("killed")
    twins, hits = [], 0
    for number in range(KILLS):
        twin = filled.copied_to(folder / str(number))
        hits += forks.kill_after(twin.folder, chance.uniform(0, seconds))
        done = erase_subject(twin.lake, SUBJECT, "", "ticket 7", "the officer")
        twins.append((twin, done))
    assert hits >= KILLS // 2, "kills must come while it works"
    return twins


def test_nothing_of_the_person_is_left(killed):
    for twin, done in killed:
        assert (done.proof.remains, done.failures) == ((), ())
        assert places_of(twin.folder / "lake", SUBJECT) == []
        assert places_of(twin.folder / "lake", "lovelace") == []


def test_the_others_are_as_without_a_kill(killed, undisturbed):
    expected = contents(undisturbed[0])
    for twin, _ in killed:
        found = contents(twin)
        assert found.keys() == expected.keys()
        # A redacted file is compared by what it holds: packed bytes name the time of packing.
        assert [name for name in found if not _alike(found[name], expected[name])] == []


def _alike(one, other):
    return one.drop("sha256", strict=False).equals(other.drop("sha256", strict=False))


def test_landing_holds_what_its_rows_point_to(killed):
    for twin, _ in killed:
        paths = {path for (path,) in twin.rows("governance.processed_files", "path")}
        assert twin.landed_bytes().keys() == paths


def test_it_is_on_record_once(killed):
    for twin, _ in killed:
        decisions = twin.frame("governance.decisions")
        erasures = twin.frame("governance.erased_records")["erasure_id"].unique().to_list()
        assert decisions["value"].unique().to_list() == erasures


def test_the_next_ingest_finds_nothing_to_do(killed):
    for twin, _ in killed[::3]:
        assert not twin.ingest_whole().is_changed
