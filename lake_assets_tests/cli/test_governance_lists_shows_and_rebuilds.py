"""`lake governance` lists the artefacts, shows one, makes them again; an ingest without news writes nothing."""

import shutil

from lake_assets.catalog import ARTEFACTS


def test_the_list_has_every_artefact(filled_lake):
    listed = filled_lake.json("governance", "list")
    assert [each["number"] for each in listed if each["number"]] == list(range(1, 17))
    assert {each["artefact"] for each in listed} == {each.name for each in ARTEFACTS}
    rows = {each["artefact"]: each["rows"] for each in listed}
    assert rows["operations"] > 0
    assert rows["erased_records"] == 0
    assert (rows["data_collectors"], rows["quality_rules"], rows["processed_instances"]) == (1, 1, 1)
    assert "waits for the analysis backbone" in filled_lake.run("governance", "list").stdout


def test_one_is_shown_with_its_columns_and_newest_rows(filled_lake):
    shown = filled_lake.json("governance", "show", "quality_rules")
    (rule,) = shown["newest_rows"]
    assert (rule["rule_id"], rule["severity"], rule["valid_to"]) == ("price_in_range", "quarantine", None)
    assert rule["path"] == "bikes/defs.yaml"
    assert {each["name"]: each["meaning"] for each in shown["columns"]}["severity"]
    told = filled_lake.run("governance", "show", "governance.data_views").stdout
    assert "11. Data views registry" in told


def test_an_ingest_without_news_writes_nothing(filled_lake):
    before = {path for path in filled_lake.folder.rglob("lake/**/*") if path.is_file()}
    versions = filled_lake.versions()
    assert "nothing new" in filled_lake.run("ingest").stdout
    assert filled_lake.versions() == versions
    assert {path for path in filled_lake.folder.rglob("lake/**/*") if path.is_file()} == before


def test_a_rebuild_says_what_it_made(filled_lake):
    shutil.rmtree(filled_lake.folder / "lake/governance/quality_rules")
    made = filled_lake.json("governance", "rebuild", "quality_rules")
    assert [(each["artefact"], each["rows"]) for each in made] == [("quality_rules", 1)]
    assert "decisions and definitions are as they were" in filled_lake.run("governance", "rebuild").stdout


def test_what_cannot_be_made_again_is_refused(filled_lake):
    refused = filled_lake.run("governance", "rebuild", "decisions")
    assert refused.exit_code == 1
    assert "cannot be made again" in refused.stderr
    assert "restore the folder" in refused.stderr


def test_an_empty_lake_lists_what_will_be_there(small_lake):
    assert {each["version"] for each in small_lake.json("governance", "list")} == {None}
    assert small_lake.json("governance", "show", "targets")["newest_rows"] == []
    assert small_lake.run("governance", "show").exit_code == 2
