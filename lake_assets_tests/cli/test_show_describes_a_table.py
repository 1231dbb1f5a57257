"""`lake show` tells what a table holds, what its columns mean and where its newest rows come from."""

import pytest


@pytest.fixture
def shown(filled_lake):
    return filled_lake.json("show", "trusted.bike_hires")


def test_columns_come_with_type_and_meaning(shown):
    assert shown["columns"][1] == {
        "name": "price",
        "type": "Float64",
        "meaning": "what was paid [euro]",
        "is_personal": False,
        "terms": [],
    }


def test_the_last_commit_tells_run_inputs_counts_and_verdicts(shown):
    commit = shown["last_commit"]
    assert commit["inputs"] == {"formatted.bike_hires": 0}
    assert (commit["rows_in"], commit["rows_out"], commit["rows_quarantined"]) == (3, 2, 1)
    assert commit["run_id"]
    assert [each["rule_id"] for each in commit["verdicts"] if each["broken"]] == ["price_in_range"]


def test_a_table_without_a_note_has_no_last_commit(filled_lake):
    assert filled_lake.json("show", "governance.quality_rules")["last_commit"] is None


@pytest.mark.parametrize("count", [0, 1, 10])
def test_as_many_rows_as_asked_for(filled_lake, count):
    shown = filled_lake.json("show", "trusted.bike_hires", "--rows", str(count))
    assert len(shown["first_rows"]) == min(count, 2)
    assert filled_lake.run("show", "trusted.bike_hires", "--rows", str(count)).exit_code == 0


def test_people_read_the_same(filled_lake):
    text = filled_lake.run("show", "trusted.bike_hires").stdout
    assert text.startswith("trusted.bike_hires, version 0: 2 rows in 1 file of ")
    assert "price_in_range (quarantine): 1 of 3 rows break it (first: file hires-1.csv, row 3)" in text
    assert "inputs: formatted.bike_hires 0" in text
