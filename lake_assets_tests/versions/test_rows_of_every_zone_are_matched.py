"""Rows of governance and quarantine are matched by what identifies them there; types nest."""

from lake_assets.versions.schemas import types_in


def test_files_and_what_was_set_aside_are_matched(corrected):
    files = corrected.lake.diff("governance.processed_files", 0)
    assert (files.key, files.added, files.removed, files.changed) == (("file_id",), 1, 0, 0)
    corrected.drop("third.csv", "hire_id,price,city,rider\n8,-2,Rome,Kim\n")
    corrected.ingest_whole()
    aside = corrected.lake.diff("quarantine.hires", 0)
    assert (aside.key, aside.added) == (("_file", "_row", "stage"), 1)
    assert aside.added_rows[0]["record"] == "(personal)"


def test_types_that_nest_are_told_in_one_line():
    schema = (
        '{"fields": [{"name": "a", "type": {"type": "array", "elementType": {"type": "struct", "fields": '
        '[{"name": "b", "type": "long"}, {"name": "c", "type": {"type": "map", "keyType": "string", '
        '"valueType": "double"}}]}}}]}'
    )
    assert types_in({"schemaString": schema}) == {"a": "array<struct<b long, c map<string, double>>>"}
