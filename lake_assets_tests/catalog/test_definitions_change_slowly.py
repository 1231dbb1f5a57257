"""A definition has a row for each time that it was so: closed when it changes or is withdrawn, written once."""

import shutil

import pytest

from lake_assets.errors import StorageError
from lake_assets_tests.catalog.conftest import BIKES


@pytest.fixture
def declared(a_lake):
    a_lake.declare(BIKES)
    a_lake.lake.record()
    return a_lake


def _rules(a_lake):
    rules = a_lake.frame("governance.quality_rules").sort("rule_id", "valid_from")
    return [(row["rule_id"], row["parameters"], row["valid_to"] is None) for row in rules.to_dicts()]


def test_a_second_look_writes_nothing(declared):
    before, paths = declared.versions(), declared.paths()
    declared.lake.record()
    assert declared.versions() == before
    assert declared.paths() == paths


def test_a_changed_rule_closes_the_row_before_it(declared):
    declared.declare(BIKES.replace("[0, 9]", "[0, 99]"))
    declared.lake.record()
    assert _rules(declared) == [
        ("id_in_range", '{"max": 9, "min": 0}', False),
        ("id_in_range", '{"max": 99, "min": 0}', True),
    ]
    first, second = declared.frame("governance.quality_rules").sort("valid_from").to_dicts()
    assert first["valid_to"] == second["valid_from"]
    assert first["run_id"] != second["run_id"]


def test_what_is_withdrawn_is_closed_and_what_comes_back_begins_anew(declared):
    declared.declare(BIKES.replace("[{in_range: {id: [0, 9]}}]", "[]"))
    declared.lake.record()
    assert [is_open for _, _, is_open in _rules(declared)] == [False]
    declared.declare(BIKES)
    declared.lake.record()
    assert [is_open for _, _, is_open in _rules(declared)] == [False, True]


def test_lines_and_comments_change_nothing(declared):
    before = declared.versions()
    text = (declared.folder / "defs/inbox/defs.yaml").read_text()
    declared.write("defs/inbox/defs.yaml", f"# a comment\n\n{text}")
    declared.lake.record()
    assert declared.versions() == before


def test_only_the_tables_that_are_concerned_are_written(declared):
    before = declared.versions()
    declared.declare(BIKES.replace("[0, 9]", "[0, 99]"))
    declared.lake.record()
    changed = {name for name, version in declared.versions().items() if before[name] != version}
    assert changed == {"governance.definitions", "governance.quality_rules"}


def test_a_death_between_the_tables_is_made_up_for(declared, monkeypatch):
    declared.declare(BIKES.replace("[0, 9]", "[0, 99]"))

    def dies(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("lake_assets.catalog.recording.derive", dies)
        with pytest.raises(KeyboardInterrupt):
            declared.lake.record()
    assert len(_rules(declared)) == 1
    declared.lake.record()
    assert len(_rules(declared)) == 2
    assert declared.count("governance.definitions") == 4


def test_when_the_record_of_earlier_times_is_lost_nothing_is_closed(declared):
    shutil.rmtree(declared.folder / "lake/governance/definitions")
    before = declared.versions()
    with pytest.raises(StorageError, match="is gone, though data_collectors"):
        declared.lake.record()
    assert declared.versions() == before


def test_values_that_rules_name_of_personal_columns_are_not_on_record(declared):
    declared.declare(BIKES.replace("{in_range: {id: [0, 9]}}", "{in_set: {rider: [Rosalind, Ada]}}"))
    declared.lake.record()
    open_rules = [row for row in declared.frame("governance.quality_rules").to_dicts() if not row["valid_to"]]
    assert [(row["kind"], row["parameters"]) for row in open_rules] == [("in_set", "(personal)")]
    assert "Rosalind" not in str(declared.rows("governance.definitions"))


def test_no_secret_is_on_record(declared):
    declared.write(
        "defs/api/defs.yaml",
        "type: lake_assets.Source\nattributes:\n"
        "  connector: {kind: http, base_url: 'https://ann:hush@host.example/'}\n"
        "  datasets: {rates: {from: 'rates.csv?api_key=hush'}}\n",
    )
    declared.lake.record()
    rows = declared.frame("governance.data_collectors").filter(source="api").to_dicts()
    assert "hush" not in str(rows)
    assert not any(b"hush" in (declared.folder / "lake" / path).read_bytes() for path in declared.paths())
