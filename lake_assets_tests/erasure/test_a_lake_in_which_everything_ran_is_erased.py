"""What other rooms keep under the root goes too: notes of landed files, search index, site, events, governance."""

import hashlib
import json
import shutil

import pytest
from click.testing import CliRunner

from lake_assets.cli import main
from lake_assets.errors import StorageError
from lake_assets.lake import erase_subject, look_for_subject
from lake_assets.lake.profiling import profile_tables, profiled_tables
from lake_assets.lineage.emitter import EVENTS_FILE
from lake_assets.site import write_site
from lake_assets_tests.erasure.people import RIDERS, SUBJECT, places_of

_CONTACTS = enumerate([SUBJECT, SUBJECT, "another"])
WITHDRAWN = (
    f"<l>{''.join(f'<c><id>{number}</id><contact>{who}</contact></c>' for number, who in _CONTACTS)}</l>"
)
CONTACTS = """\
contacts:
  from: "contacts*.xml"
  format: xml
  columns: {id: int, contact: text}
"""


def _cli(a_lake, *words):
    folders = ("--root", str(a_lake.folder / "lake"), "--defs", str(a_lake.folder / "defs"))
    return CliRunner().invoke(main, [*words, *folders], catch_exceptions=False)


@pytest.fixture(scope="module")
def busy(filled, tmp_path_factory):
    """A lake with two more files, a replay, decisions, governance, profiles, events, a site, and a search."""
    a_lake = filled.copied_to(tmp_path_factory.mktemp("busy") / "copy")
    a_lake.declare(CONTACTS, source="inbox2")
    a_lake.drop("contacts.xml", WITHDRAWN)
    a_lake.drop(f"riders-{SUBJECT}.csv", RIDERS)
    a_lake.ingest_whole()
    a_lake.lake.record()
    a_lake.lake.record_mappings()
    riders = (a_lake.folder / "defs/inbox/defs.yaml").read_text()
    a_lake.write("defs/inbox/defs.yaml", riders.replace("age: [0, 120]", "age: [0, 250]"))
    assert not a_lake.lake.replay("riders", f"{SUBJECT} asked for it").failures
    a_lake.lake.decide_rule("riders", "age_in_range", f"{SUBJECT} says so", "the officer")
    a_lake.lake.record()
    assert {
        "governance.operations",
        "governance.mappings",
        "governance.definitions",
    } <= a_lake.versions().keys()
    profile_tables(a_lake.lake, profiled_tables(a_lake.lake), "a run")
    events = a_lake.folder / "lake" / EVENTS_FILE
    events.parent.mkdir()
    events.write_text("".join(f"{json.dumps({'run': each})}\n" for each in (SUBJECT, "another")))
    write_site(a_lake.lake.root, a_lake.lake.declarations)
    assert _cli(a_lake, "search", "riders").exit_code == 0
    return a_lake


@pytest.fixture(scope="module")
def told(busy):
    return {each.place: each.what for each in look_for_subject(busy.lake, SUBJECT).touched}


@pytest.fixture(scope="module")
def erased(busy, told, tmp_path_factory):
    """The lake after the erasure, and what the command said."""
    twin = busy.copied_to(tmp_path_factory.mktemp("erased") / "copy")
    return twin, _cli(twin, "erase", f"riders.email={SUBJECT}", "--yes", "--why", "ticket 7")


def _registry(a_lake):
    return a_lake.frame("governance.processed_files").sort("file_id")


def _originals(before, after):
    joined = _registry(before).join(_registry(after), on="file_id", suffix="_now")
    changed = joined.filter(joined["sha256"] != joined["sha256_now"])
    return changed["sha256"].unique().to_list()


def test_the_person_stands_in_all_of_these_places_before(busy):
    folders = {path.split("/")[0] for path in places_of(busy.folder / "lake", SUBJECT)}
    assert {"docs", "landing_notes", "governance", "persistent_landing"} <= folders
    assert {EVENTS_FILE, "governance/search.sqlite"} <= set(places_of(busy.folder / "lake", SUBJECT))


def test_a_dry_run_tells_of_copies_and_leaves_them(busy, told):
    assert told["search index"] == "files deleted, made again"
    assert told["docs"] == "files deleted until `lake docs`"
    assert told[EVENTS_FILE] == "lines in which the value is overwritten"
    assert {"docs/index.html", "governance/search.sqlite"} <= busy.paths()


def test_the_command_ends_with_0_and_a_search_of_its_own_finds_nothing(erased):
    a_lake, done = erased
    assert done.exit_code == 0, done.output
    assert places_of(a_lake.folder / "lake", SUBJECT) == []
    assert places_of(a_lake.folder / "lake", "lovelace") == []


def test_the_site_and_the_index_are_gone_and_come_again(erased, tmp_path):
    assert not [path for path in erased[0].paths() if path.startswith("docs/") or "search.sqlite" in path]
    twin = erased[0].copied_to(tmp_path / "copy")
    write_site(twin.lake.root, twin.lake.declarations)
    assert _cli(twin, "search", "riders").exit_code == 0
    assert "docs/index.html" in twin.paths()
    assert places_of(twin.folder / "lake", SUBJECT) == []


def test_events_of_others_stay(erased):
    lines = (erased[0].folder / "lake" / EVENTS_FILE).read_text().splitlines()
    assert [json.loads(line)["run"] for line in lines] == ["*" * len(SUBJECT), "another"]


def test_no_hash_of_the_original_bytes_is_left(busy, erased):
    gone = _originals(busy, erased[0])
    assert hashlib.sha256(RIDERS.encode()).hexdigest() in gone
    assert hashlib.sha256(WITHDRAWN.encode()).hexdigest() in gone
    assert [places_of(erased[0].folder / "lake", each) for each in gone] == [[]] * len(gone)
    assert all(places_of(busy.folder / "lake", each) for each in gone)


@pytest.mark.parametrize("is_lost", [False, True], ids=["the table is there", "the table was lost"])
def test_processed_files_made_again_are_those_of_the_erased_lake(erased, tmp_path, is_lost):
    twin = erased[0].copied_to(tmp_path / "copy")
    before = _registry(twin)
    assert set(before["outcome"]) == {"landed", "duplicate", "withdrawn"}
    if is_lost:
        shutil.rmtree(twin.folder / "lake/governance/processed_files")
    assert _cli(twin, "governance", "rebuild", "processed_files").exit_code == 0
    assert _registry(twin).equals(before)


def test_a_second_erasure_has_nothing_left_to_change(erased, tmp_path):
    twin = erased[0].copied_to(tmp_path / "copy")
    write_site(twin.lake.root, twin.lake.declarations)
    before = _paths(twin), twin.versions()
    done = erase_subject(twin.lake, SUBJECT, "", "ticket 7", "the officer")
    assert (done.records, done.touched, done.proof.remains) == (0, (), ())
    assert (_paths(twin), twin.versions()) == before


def _paths(a_lake):
    """All but the claim, of which the next erasure takes the next number."""
    return {path for path in a_lake.paths() if not path.startswith("erasure_claims/")}


def test_notes_that_an_erasure_did_not_come_to_are_mended_by_the_next(busy, erased, tmp_path):
    twin = erased[0].copied_to(tmp_path / "copy")
    shutil.copytree(
        busy.folder / "lake/landing_notes", twin.folder / "lake/landing_notes", dirs_exist_ok=True
    )
    erase_subject(twin.lake, SUBJECT, "", "ticket 7", "the officer")
    assert all(places_of(twin.folder / "lake", each) == [] for each in _originals(busy, erased[0]))


def test_landed_files_of_which_nothing_is_known_are_not_touched(busy, tmp_path):
    twin = busy.copied_to(tmp_path / "copy")
    shutil.rmtree(twin.folder / "lake/governance/processed_files")
    before = twin.landed_bytes()
    with pytest.raises(StorageError, match="no table that says which"):
        erase_subject(twin.lake, SUBJECT, "", "ticket 7", "the officer")
    assert twin.landed_bytes() == before
