"""`Lake.history` tells what each commit was for, what it did, and by which rules."""

import pytest

from lake_assets.errors import CorruptTableError, UnknownTableError
from lake_assets.storage.commit import Change, commit
from lake_assets.storage.log import entry_path
from lake_assets.storage.maintenance import compact
from lake_assets.versions import VersionKind


@pytest.fixture
def trusted(corrected):
    return corrected.lake.history("trusted.hires")


def test_versions_come_oldest_first_with_run_inputs_and_counts(trusted):
    assert [each.version for each in trusted] == [0, 1]
    first, second = trusted
    assert (first.rows_in, first.rows_out, first.rows_quarantined, first.rows) == (4, 3, 1, 3)
    assert (second.rows_in, second.rows_merged, second.rows) == (2, 2, 3)
    assert [each.inputs for each in trusted] == [{"formatted.hires": 0}, {"formatted.hires": 1}]
    assert len({each.run_id for each in trusted}) == 2
    assert {each.kind for each in trusted} == {VersionKind.TAKEN_IN}


def test_rules_stand_with_their_version_and_how_they_came_out(corrected, trusted):
    broken = {each.rule_id: (each.broken, each.judged) for each in trusted[0].verdicts if each.broken}
    assert broken == {"price_in_range": (1, 4)}
    (declared,) = corrected.lake.declarations.dataset("hires").rules
    assert {v.version for e in trusted for v in e.verdicts if v.rule_id == "price_in_range"} == {
        declared.version
    }


def test_columns_that_came_later_are_told(corrected):
    corrected.drop("third.csv", "hire_id,price,city,rider,tip\n9,1,Bern,Kim,2\n")
    corrected.ingest_whole()
    added = {
        change.column: change.kind
        for each in corrected.lake.history("trusted.hires")[2:]
        for change in each.schema_changes
    }
    assert added == {"tip": "added"}


def test_a_replay_tells_why_and_what_it_took_back(corrected):
    rules = "- in_range: {price: [0, 500]}"
    path = corrected.folder / "defs/inbox/defs.yaml"
    path.write_text(path.read_text().replace(rules, "- in_range: {price: [-5, 500]}"))
    corrected.lake.replay("hires", "a refund is no mistake")
    last = corrected.lake.history("trusted.hires")[-1]
    assert (last.kind, last.why, last.rows, last.rows_out) == (
        VersionKind.REPLAY,
        "a refund is no mistake",
        4,
        1,
    )


def test_files_decoded_again_are_told(corrected):
    path = corrected.folder / "defs/inbox/defs.yaml"
    path.write_text(path.read_text().replace("city: text", "city: {type: text, from: [city, town]}"))
    corrected.lake.replay("hires", "the town is the city")
    last = corrected.lake.history("formatted.hires")[-1]
    assert (last.kind, last.decoded_again) == (VersionKind.DECODED_AGAIN, 2)


def test_upkeep_and_tables_that_follow_are_told_apart(corrected):
    compact(corrected.lake.table("formatted.hires"))
    kinds = [each.kind for each in corrected.lake.history("formatted.hires")]
    assert kinds == [VersionKind.TAKEN_IN, VersionKind.TAKEN_IN, VersionKind.UPKEEP]
    assert {each.kind for each in corrected.lake.history("governance.runs")} == {VersionKind.FOLLOWED}


def test_an_erasure_is_told_as_such(corrected):
    table = corrected.lake.table("trusted.hires")
    note = {"run_id": "eraser", "erasure": "one"}
    commit(table.root, table.ref, lambda found: Change(found.schema, note=note))
    assert corrected.lake.history("trusted.hires")[-1].kind is VersionKind.ERASURE


def test_a_decision_stands_with_the_version_after_it(a_lake):
    a_lake.declare(
        'towns:\n  from: "*.csv"\n  columns: {town: text}\n  clean:\n    - vocabulary: {town: [Rome, Oslo]}\n'
    )
    a_lake.drop("a.csv", "town\nRomme\n")
    a_lake.ingest_whole()
    a_lake.lake.decide("towns", "town", "Romme", "Rome", "a slip", "kim")
    a_lake.drop("b.csv", "town\nRomme\n\n")
    a_lake.ingest_whole()
    told = [[each.decided for each in entry.decisions] for entry in a_lake.lake.history("trusted.towns")]
    assert told == [[], ["Rome"]]


def test_a_decision_on_a_column_that_is_personal_by_now_is_told_without_its_value(a_lake):
    dataset = 'people:\n  from: "*.csv"\n  columns: {{name: {column}}}\n{clean}'
    vocabulary = "  clean:\n    - vocabulary: {name: [Ada, Eve]}\n"
    a_lake.declare(dataset.format(column="text", clean=vocabulary))
    a_lake.drop("a.csv", "name\nAdda\n")
    a_lake.ingest_whole()
    a_lake.lake.decide("people", "name", "Adda", "Ada", "a slip", "kim")
    a_lake.declare(dataset.format(column="{type: text, personal: true}", clean=""))
    a_lake.drop("b.csv", "name\nEve\n\n")
    a_lake.ingest_whole()
    (made,) = a_lake.lake.history("trusted.people")[-1].decisions
    assert (made.value, made.decided, made.why) == ("(personal)", "(personal)", "a slip")


def test_a_table_that_is_not_there_is_named_with_near_ones(corrected):
    with pytest.raises(UnknownTableError, match=r"trusted\.hires"):
        corrected.lake.history("trusted.hire")


def test_a_log_entry_that_is_gone_is_told(corrected):
    table = corrected.lake.table("exploitation.takings")
    table.delta.create_checkpoint()
    corrected.lake.root.files.delete([entry_path(table.ref, 0)])
    with pytest.raises(CorruptTableError, match="log entry 0 is gone"):
        corrected.lake.history("exploitation.takings")
