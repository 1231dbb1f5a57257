"""`lake contract` exports a dataset, and declares what a contract describes."""

import yaml

from lake_assets.declarations import load_declarations


def _export(lake, *more):
    return lake.run("contract", "export", "bike_hires", *more)


def test_an_export_tells_what_is_declared(small_lake):
    document = yaml.safe_load(_export(small_lake).stdout)
    assert (document["kind"], document["id"]) == ("DataContract", "bikes.bike_hires")
    (table,) = document["schema"]
    assert [each["name"] for each in table["properties"]] == ["hire_id", "price", "rider"]
    assert document["servers"][0]["path"] == str(small_lake.folder / "lake/trusted/bike_hires")


def test_an_export_tells_the_columns_that_the_files_brought(small_lake):
    small_lake.write("inbox/hires-1.csv", "hire_id,price,rider,seen\n1,2.5,Ada,2024-01-31\n")
    small_lake.run("ingest")
    (table,) = yaml.safe_load(_export(small_lake).stdout)["schema"]
    assert table["properties"][-1]["name"] == "seen"
    assert table["properties"][-1]["physicalType"] == "DATE"


def test_what_is_exported_is_declared_by_an_import(small_lake):
    told = _export(small_lake, "-o", "hires.odcs.yaml")
    assert told.stdout == ""
    assert told.stderr == "hires.odcs.yaml: the contract of bike_hires\n"
    other = small_lake.folder / "other"
    done = small_lake.start("contract", "import", "hires.odcs.yaml", "--defs", str(other))
    assert done.stdout.splitlines() == [
        "other/bikes/defs.yaml: bike_hires",
        "Read it, correct connector and from. Then:",
        f"  lake ingest bikes --defs other --root {small_lake.folder}/lake",
    ]
    assert (done.stderr, done.returncode) == ("", 0)
    (before,), (after,) = (
        load_declarations([small_lake.folder / name]).datasets for name in ("defs", "other")
    )
    assert (after.mapping, after.key, after.origin) == (before.mapping, before.key, before.origin)
    assert {rule.rule_id for rule in after.rules} == {rule.rule_id for rule in before.rules}


def test_nothing_is_overwritten_and_no_name_taken(small_lake):
    _export(small_lake, "-o", "hires.odcs.yaml")
    again = small_lake.run("contract", "import", "hires.odcs.yaml")
    assert again.exit_code == 1
    assert again.stderr.startswith("the source bikes is declared already\n  at: ")
    text = (small_lake.folder / "hires.odcs.yaml").read_text().replace("name: bikes", "name: others")
    small_lake.write("hires.odcs.yaml", text)
    taken = small_lake.run("contract", "import", "hires.odcs.yaml")
    assert taken.stderr.startswith("the lake has bike_hires already\n")


def test_what_is_not_held_is_told_with_its_place(small_lake):
    text = _export(small_lake).stdout.replace("name: bikes", "name: new").replace("bike_hires", "new_hires")
    small_lake.write("new.odcs.yaml", f"{text}price: {{priceAmount: 9, priceCurrency: EUR}}\n")
    done = small_lake.run("contract", "import", "new.odcs.yaml")
    line = len(text.splitlines()) + 1
    assert done.stderr == f"new.odcs.yaml:{line}:1: price has no place in a declaration and is left out\n"
    written = (small_lake.folder / "defs/new/defs.yaml").read_text().splitlines()
    assert written[:2] == ["# From the contract new.odcs.yaml.", f"# Not held: {done.stderr.strip()}"]


def test_what_cannot_be_written_or_asked_for_is_told(small_lake):
    assert "cannot be written" in _export(small_lake, "-o", "no/where").stderr
    wrong = small_lake.run("contract", "import", "x.yaml", "-o", "y.yaml")
    assert (wrong.exit_code, "--output is for export" in wrong.stderr) == (2, True)
    assert "cannot be read" in small_lake.run("contract", "import", "x.yaml").stderr
