"""`lake operations` tells what each table cost, and the steps of one."""


def test_every_table_that_changed_is_told(filled_lake):
    told = filled_lake.json("operations")
    landing = {"temporary_landing.bike_hires", "persistent_landing.bike_hires"}
    assert {each["table"] for each in told} == {"formatted.bike_hires", "trusted.bike_hires"} | landing
    assert all(each["steps"] == 1 and each["seconds"] > 0 for each in told)
    shown = filled_lake.run("operations").stdout
    assert "CPU s" in shown
    assert "trusted.bike_hires" in shown


def test_the_steps_of_one_table(filled_lake):
    (step,) = filled_lake.json("operations", "trusted.bike_hires")
    assert (step["outcome"], step["version"], step["rows_quarantined"]) == ("changed", 0, 1)
    assert "changed" in filled_lake.run("operations", "trusted.bike_hires").stdout


def test_the_landing_steps_of_a_dataset(filled_lake):
    (step,) = filled_lake.json("operations", "persistent_landing.bike_hires")
    assert (step["files"], step["duplicates"], step["rows_in"]) == (1, 0, None)
    assert step["size_bytes"] > 0
    shown = filled_lake.run("operations", "persistent_landing.bike_hires").stdout
    assert "size_bytes" in shown
    assert "rows_in" not in shown


def test_an_empty_lake_and_a_wrong_name(small_lake):
    assert small_lake.json("operations") == []
    assert small_lake.run("operations").stdout == "nothing has run yet\n"
    small_lake.run("ingest")
    done = small_lake.start("operations", "trusted.bike_hire")
    assert done.returncode == 1
    assert "trusted.bike_hires" in done.stderr
