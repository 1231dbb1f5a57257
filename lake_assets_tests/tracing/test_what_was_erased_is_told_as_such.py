"""Where a person was erased the trace goes as far as it can, and says why it ends."""

from dataclasses import replace

from lake_assets.governance.mending_files import put_in_place_of
from lake_assets.governance.processed_files import landed_files
from lake_assets.model import LandingOutcome
from lake_assets.storage.commit import Change, commit
from lake_assets.tracing import Exactness


def test_a_file_whose_bytes_were_taken_away_is_named(own_story):
    (found,) = own_story.lake.trace("trusted.hires", "hire_id = 1")
    (file,) = landed_files(own_story.lake.root, [found.record.file_id]).values()
    gone = replace(file, path="", sha256="", size_bytes=0, newlines=0, outcome=LandingOutcome.WITHDRAWN)
    put_in_place_of(own_story.lake.root, [gone], "a run")
    (again,) = own_story.lake.trace("trusted.hires", "hire_id = 1")
    assert (again.record.name, again.record.elements) == ("hires-1.csv", {})
    assert again.record.not_shown == "its bytes were taken away to erase a person"
    assert again.decoding.row["price"] == 2.5


def test_a_commit_that_only_erased_does_not_hide_how_rows_were_made(own_story):
    table = own_story.lake.table("exploitation.takings")
    note = {"run_id": "eraser", "inputs": {}, "at": "2026-01-01T00:00:00+00:00"}
    commit(table.root, table.ref, lambda found: Change(found.schema, note=note))
    (found,) = own_story.lake.trace("exploitation.takings", "town = 'Rome'")
    assert (found.making.exactness, found.making.commit.version) == (Exactness.EXACT, table.version)
