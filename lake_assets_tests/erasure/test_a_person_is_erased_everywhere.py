"""The story: a person in CSV, JSON, quarantine, pseudonyms and an aggregate is told of, erased, and proved gone."""

import gzip

import pytest

from lake_assets.cleaning.keys import pseudonym
from lake_assets.connectors import open_connector
from lake_assets.errors import SettingsError
from lake_assets.lake import erase_subject, look_for_subject
from lake_assets.model import Zone
from lake_assets.storage.table import find_table
from lake_assets_tests.erasure.people import KEY, MORE_RIDERS, RIDERS, SUBJECT, places_of
from lake_assets_tests.flow.a_lake import step
from lake_assets_tests.flow.twins import contents

PSEUDONYM = pseudonym(SUBJECT, KEY.encode())


@pytest.fixture(scope="module")
def told(filled):
    return look_for_subject(filled.lake, SUBJECT)


@pytest.fixture(scope="module")
def erased(filled, told, tmp_path_factory):
    """The lake after the erasure, and what was said of it."""
    twin = filled.copied_to(tmp_path_factory.mktemp("erased") / "copy")
    return twin, erase_subject(twin.lake, SUBJECT.upper(), "email", "ticket 7", "the officer")


def _counts(erasure, what):
    return {each.place: each.count for each in erasure.touched if each.what == what}


def test_a_dry_run_tells_of_every_place_and_changes_nothing(filled, told):
    before = {path: (filled.folder / "lake" / path).read_bytes() for path in filled.paths()}
    again = look_for_subject(filled.lake, SUBJECT)
    assert {path: (filled.folder / "lake" / path).read_bytes() for path in filled.paths()} == before
    assert (again.records, again.touched, again.decision_id) == (told.records, told.touched, 0)
    assert told.records == 8
    assert _counts(told, "rows deleted") == {
        "quarantine.riders": 2,
        "trusted.riders": 1,
        "formatted.riders": 3,
        "quarantine.hires": 2,
        "trusted.hires": 2,
        "formatted.hires": 4,
    }
    assert _counts(told, "files redacted") == {"persistent_landing.riders": 2, "persistent_landing.hires": 2}
    assert _counts(told, "rows made anew") == {"exploitation.riders_by_city": 1}
    assert _counts(told, "older versions given up")["formatted.riders"] == 1


def test_the_search_of_a_dry_run_finds_what_another_search_finds(filled, told):
    searched = {each.path for each in told.proof.remains}
    assert searched == {
        *places_of(filled.folder / "lake", SUBJECT),
        *places_of(filled.folder / "lake", PSEUDONYM),
    }
    assert len(searched) > 20


def test_no_file_holds_the_value_or_its_pseudonym_afterwards(erased):
    a_lake, done = erased
    assert (done.proof.remains, done.failures) == ((), ())
    assert places_of(a_lake.folder / "lake", SUBJECT) == []
    assert places_of(a_lake.folder / "lake", PSEUDONYM) == []
    assert places_of(a_lake.folder / "lake", "lovelace") == []


def test_all_others_are_as_they_were(filled, erased):
    a_lake, _ = erased
    for table in ("formatted.riders", "trusted.riders"):
        others = [row for row in filled.rows(table, "id", "email", "_file", "_row") if row[0] not in {1, 5}]
        assert a_lake.rows(table, "id", "email", "_file", "_row") == others
    assert a_lake.rows("formatted.hires", "hire") == [(1,), (4,), (4,)]
    assert [rule for (rule,) in a_lake.rows("quarantine.riders", "rules")] == [["age_in_range"]]


def test_what_others_say_of_the_person_is_overwritten(erased):
    a_lake, _ = erased
    notes = dict(a_lake.rows("trusted.riders", "id", "note"))
    assert notes == {2: f"knows {'*' * len(SUBJECT)} well", 4: "two\nlines", 7: "none"}


def test_what_was_made_of_the_records_is_made_anew(erased):
    a_lake, _ = erased
    assert sorted(a_lake.rows("exploitation.riders_by_city", "city", "riders")) == [
        ("London", 1),
        ("New York", 1),
        ("Paris", 1),
    ]


def test_the_decision_says_that_somebody_was_erased_and_not_who(erased):
    a_lake, done = erased
    (decision,) = a_lake.frame("governance.decisions").to_dicts()
    assert (decision["kind"], decision["why"], decision["who"]) == ("erasure", "ticket 7", "the officer")
    assert decision["value"] == done.erasure_id
    assert decision["decided"] == "erased: 8 records, 4 landed files"
    assert (decision["dataset"], decision["column"]) == ("", "")


def test_the_log_of_every_table_can_still_be_read(erased):
    a_lake, _ = erased
    for summary in a_lake.lake.tables():
        table = find_table(a_lake.lake.root, summary.ref)
        assert len(table.notes(None)) <= table.version + 1
        assert table.scan().collect().height == summary.rows


def test_the_next_run_finds_nothing_to_do(erased, tmp_path):
    twin = erased[0].copied_to(tmp_path / "copy")
    assert not twin.ingest_whole().is_changed


def test_what_is_decoded_again_does_not_bring_the_person_back(erased, tmp_path):
    twin = erased[0].copied_to(tmp_path / "copy")
    text = (twin.folder / "defs/inbox/defs.yaml").read_text()
    twin.write(
        "defs/inbox/defs.yaml", text.replace("age: int", "age: float").replace("hire: int", "hire: float")
    )
    before = {name: len(twin.rows(f"formatted.{name}")) for name in ("riders", "hires")}
    for name, rows in before.items():
        report = twin.lake.replay(name, "another type")
        assert not report.failures
        assert len(twin.rows(f"formatted.{name}")) == rows
    assert places_of(twin.folder / "lake", SUBJECT) == []
    assert dict(twin.rows("trusted.riders", "id", "age")) == {2: 85.0, 4: 41.0, 7: 90.0}


def test_the_original_sent_again_is_known_and_goes_no_further(erased, tmp_path):
    twin = erased[0].copied_to(tmp_path / "copy")
    before = contents(twin)
    twin.drop("riders-again.csv", RIDERS)
    twin.drop("riders-again.csv.gz", gzip.compress(MORE_RIDERS.encode(), mtime=0))
    report = twin.ingest_whole()
    outcomes = twin.frame("governance.processed_files").filter(outcome="erased")
    assert sorted(outcomes["name"]) == ["riders-again.csv", "riders-again.csv.gz"]
    assert outcomes["sha256"].to_list() == ["", ""]
    assert step(report, Zone.PERSISTENT_LANDING, "riders").duplicates == 2
    assert all(before[name].equals(rows) for name, rows in contents(twin).items())


def test_a_person_that_comes_again_can_be_erased_again(erased, tmp_path):
    twin = erased[0].copied_to(tmp_path / "copy")
    twin.drop(
        "riders-3.csv",
        f"id,email,city,age,note\n9,{SUBJECT},Turin,30,back\n10,mary@example.org,Turin,30,none\n",
    )
    twin.ingest_whole()
    done = erase_subject(twin.lake, SUBJECT, "", "ticket 8", "the officer")
    assert (done.records, done.decision_id, done.proof.remains) == (1, 2, ())
    assert done.erasure_id != erased[1].erasure_id
    assert places_of(twin.folder / "lake", SUBJECT) == []
    assert 10 in dict(twin.rows("trusted.riders", "id", "city"))


def test_nobody_is_erased_who_is_not_there(peopled):
    before = peopled.versions()
    done = erase_subject(peopled.lake, "nobody@example.org", "riders.email", "ticket 9", "the officer")
    assert (done.records, done.touched, done.decision_id, done.proof.remains) == (0, (), 0, ())
    assert peopled.versions() == before


def test_the_record_must_not_say_who(peopled):
    with pytest.raises(SettingsError, match="holds the value"):
        erase_subject(peopled.lake, SUBJECT, "", f"{SUBJECT} asked for it", "the officer")
    assert "governance.decisions" not in peopled.versions()


def test_what_waits_in_temporary_landing_is_erased_too(peopled):
    peopled.drop(
        "riders-3.csv",
        f"id,email,city,age,note\n9,{SUBJECT},Turin,30,waits\n10,mary@example.org,Turin,3,none\n",
    )
    declared = peopled.lake.declarations
    steps = peopled.lake.steps()
    steps.fetch(declared.dataset("riders"), open_connector(declared.source("inbox")))
    done = erase_subject(peopled.lake, SUBJECT, "", "ticket 7", "the officer")
    assert (done.records, done.proof.remains) == (9, ())
    assert places_of(peopled.folder / "lake", SUBJECT) == []
    assert 10 in dict(peopled.rows("trusted.riders", "id", "city"))
