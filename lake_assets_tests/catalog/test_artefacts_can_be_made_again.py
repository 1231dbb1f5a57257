"""Every artefact that can be made again comes out row by row as it was; those that cannot are left alone."""

import shutil

import pytest

from lake_assets.catalog import ARTEFACTS, rebuilt_artefacts
from lake_assets.errors import LakeError, StorageError

ABLE = {each.name for each in rebuilt_artefacts()}


def _sorted(a_lake):
    return {
        name: sorted(map(str, a_lake.rows(f"governance.{name}")))
        for name in ABLE
        if a_lake.find(f"governance.{name}")
    }


@pytest.fixture
def changed(recorded):
    """The same with a rule that was mended meanwhile, and a table that is no longer declared."""
    text = (recorded.folder / "defs/inbox/defs.yaml").read_text()
    recorded.write("defs/inbox/defs.yaml", text.replace("[0, 9]", "[0, 99]"))
    recorded.lake.replay("bikes", "the bound was wrong")
    (recorded.folder / "defs/exploitation/paid.sql").unlink()
    recorded.lake.record()
    return recorded


def test_row_by_row_after_all_were_lost(changed):
    before = _sorted(changed)
    assert before.keys() == ABLE
    for name in ABLE:
        shutil.rmtree(changed.folder / "lake/governance" / name)
    made = changed.lake.rebuild()
    assert {each.name for each in made} == ABLE
    assert _sorted(changed) == before


def test_one_alone(recorded):
    before = _sorted(recorded)
    for name in sorted(ABLE):
        shutil.rmtree(recorded.folder / "lake/governance" / name)
        assert [each.name for each in recorded.lake.rebuild(name)] == [name]
        assert _sorted(recorded) == before


def test_the_next_run_makes_up_for_what_is_lost(changed):
    before = _sorted(changed)
    for name in ABLE - {"processed_files", "runs", "schema_drift"}:
        shutil.rmtree(changed.folder / "lake/governance" / name)
    changed.lake.record()
    assert _sorted(changed) == before


def test_what_is_whole_is_made_the_same(changed):
    before = _sorted(changed)
    version = changed.find("governance.processed_files").version
    changed.lake.rebuild()
    assert _sorted(changed) == before
    assert changed.find("governance.processed_files").version == version


def test_what_stands_nowhere_else_is_left_alone(recorded):
    before = recorded.versions()
    for name in (
        "decisions",
        "definitions",
        "profiles",
        "models",
        "mappings",
        "operations",
        "erased_records",
    ):
        assert name in {each.name for each in ARTEFACTS}
        with pytest.raises(StorageError, match="cannot be made again"):
            recorded.lake.rebuild(name)
    assert recorded.versions() == before


def test_a_wrong_name_tells_the_near_ones(recorded):
    with pytest.raises(LakeError, match="did you mean quality_rules"):
        recorded.lake.rebuild("quality_rule")


def test_an_empty_lake_has_little_to_make(a_lake):
    a_lake.declare("bikes: {from: '*.csv'}")
    a_lake.lake.rebuild()
    assert a_lake.count("governance.data_collectors") == 1
    assert a_lake.find("governance.processed_files") is None
