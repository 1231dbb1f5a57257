"""Processed files are made again from the notes beside persistent landing, and never know less than before."""

import shutil

import polars as pl
import pytest


def _files(a_lake):
    return a_lake.frame("governance.processed_files").sort("file_id")


def test_landed_files_and_duplicates_come_back_as_they_were(recorded):
    before = _files(recorded)
    shutil.rmtree(recorded.folder / "lake/governance/processed_files")
    recorded.lake.rebuild("processed_files")
    assert _files(recorded).equals(before)
    assert sorted(before["outcome"]) == ["duplicate", "landed", "landed"]


def test_nothing_is_fetched_again_after_that(recorded):
    shutil.rmtree(recorded.folder / "lake/governance/processed_files")
    recorded.lake.rebuild("processed_files")
    before = recorded.versions()
    recorded.lake.ingest()
    assert recorded.versions() == before


@pytest.fixture
def unnoted(recorded):
    """A lake of an older version of the product, which left no notes."""
    shutil.rmtree(recorded.folder / "lake/landing_notes")
    return recorded


def test_without_notes_what_is_known_stays(unnoted):
    before = _files(unnoted)
    unnoted.lake.rebuild("processed_files")
    assert _files(unnoted).equals(before)


def test_without_notes_and_table_bytes_and_names_tell_what_they_can(unnoted):
    before = _files(unnoted).filter(outcome="landed")
    shutil.rmtree(unnoted.folder / "lake/governance/processed_files")
    unnoted.lake.rebuild("processed_files")
    said = ("file_id", "source", "dataset", "path", "name", "sha256", "size_bytes", "newlines", "ingested_at")
    assert _files(unnoted).select(said).equals(before.select(said))


def test_a_note_of_what_was_never_committed_says_nothing(recorded):
    before = _files(recorded)
    notes = recorded.folder / "lake/landing_notes/inbox/bikes"
    (first, *_) = sorted(notes.iterdir())
    ghost = first.read_text().replace(
        "persistent_landing/inbox/bikes/", "persistent_landing/inbox/bikes/gone-"
    )
    (notes / "0000000000000000001-1.jsonl").write_text(ghost)
    recorded.lake.rebuild("processed_files")
    assert _files(recorded).equals(before)


def test_a_lost_race_leaves_no_note(recorded):
    notes = list((recorded.folder / "lake/landing_notes/inbox/bikes").iterdir())
    assert len(notes) == recorded.find("governance.processed_files").version + 1
    assert (
        pl.concat([pl.read_ndjson(path) for path in notes], how="vertical_relaxed").height
        == _files(recorded).height
    )
