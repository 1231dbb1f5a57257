"""SIGKILL at random moments of an ingest, LAKE_KILLS of them, then a rerun: the same tables as an undisturbed run."""

import os
import random

import pytest

from lake_assets_tests.flow.forks import Forks
from lake_assets_tests.flow.months import begun_lake, months
from lake_assets_tests.flow.twins import contents, landed

pytestmark = [pytest.mark.heavy, pytest.mark.timeout(4 * 3600)]

KILLS = int(os.environ.get("LAKE_KILLS", "25"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("kills")


@pytest.fixture(scope="module")
def begun(folder):
    a_lake = begun_lake(folder / "begun")
    a_lake.drop("flights/4.csv", months(1, rows=10)[4])
    return a_lake


@pytest.fixture(scope="module")
def forks():
    with Forks() as forks:
        yield forks


@pytest.fixture(scope="module")
def undisturbed(begun, folder, forks):
    """The twin that nobody kills, and how long its ingest takes."""
    twin = begun.copied_to(folder / "undisturbed")
    return twin, forks.seconds_to_the_end(twin.folder)


@pytest.fixture(scope="module")
def killed(begun, undisturbed, folder, forks):
    """Twins that were killed, every third twice, and then ran to the end."""
    chance, (_, seconds) = random.Random(50), undisturbed
    twins, hits = [], 0
    for number in range(KILLS):
        twin = begun.copied_to(folder / f"killed-{number}")
        moment = chance.uniform(0, seconds)
        if is_hit := forks.kill_after(twin.folder, moment):
            if number % 3 == 0:
                forks.kill_after(twin.folder, chance.uniform(0, seconds))
        else:
            seconds = moment  # it takes no longer than that by now
        hits += is_hit
        twin.ingest_whole()
        twins.append(twin)
    assert hits > KILLS / 2, "most kills must come while it works"
    return twins


def test_every_table_has_the_same_rows(killed, undisturbed):
    expected = contents(undisturbed[0])
    for twin in killed:
        found = contents(twin)
        assert found.keys() == expected.keys()
        assert [name for name in found if not found[name].equals(expected[name])] == []


def test_processed_files_has_every_file_once(killed, undisturbed):
    for twin in killed:
        assert landed(twin) == landed(undisturbed[0])


def test_landing_holds_the_same_bytes_and_no_orphan(killed, undisturbed):
    expected = sorted(undisturbed[0].landed_bytes().values())
    for twin in killed:
        paths = {path for (path,) in twin.rows("governance.processed_files", "path")}
        assert sorted(twin.landed_bytes().values()) == expected
        assert twin.landed_bytes().keys() == paths


def test_runs_has_one_row_for_each_commit(killed):
    for twin in killed:
        logged = twin.rows("governance.runs", "zone", "table", "version")
        zones = ("formatted", "trusted", "exploitation")
        tables = [twin.find(str(summary.ref)) for summary in twin.lake.tables() if summary.ref.zone in zones]
        commits = [
            (table.ref.zone.value, table.ref.name, note.version)
            for table in tables
            for note in table.notes(None)
        ]
        assert sorted(logged) == sorted(commits)


def test_nothing_is_left_in_temporary_landing(killed):
    for twin in killed:
        assert not [path for path in twin.paths() if path.startswith("temporary_landing")]


def test_a_further_run_changes_nothing(killed):
    for twin in killed[::10]:
        assert not twin.ingest_whole().is_changed
