"""`lake tables` lists every table there is, with its figures."""


def test_every_zone_with_tables_is_there(filled_lake):
    assert {table["table"] for table in filled_lake.json("tables")} >= {
        "formatted.bike_hires",
        "trusted.bike_hires",
        "quarantine.bike_hires",
        "governance.processed_files",
    }


def test_the_figures_are_those_of_the_table(filled_lake):
    (trusted,) = [table for table in filled_lake.json("tables") if table["table"] == "trusted.bike_hires"]
    assert (trusted["version"], trusted["rows"], trusted["files"]) == (0, 2, 1)
    assert trusted["size_bytes"] > 0
    line = next(each for each in filled_lake.run("tables").stdout.splitlines() if each.startswith("trusted"))
    assert line.split()[1:3] == ["0", "2"]


def test_an_empty_lake_says_how_to_fill_it(small_lake):
    assert "lake ingest" in small_lake.run("tables").stdout
    assert small_lake.json("tables") == []
