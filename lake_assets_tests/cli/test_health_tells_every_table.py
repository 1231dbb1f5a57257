"""`lake health` prints a line for each table, what asks for attention first."""


def test_every_table_with_what_is_wrong_first(filled_lake):
    told = {each["table"]: each for each in filled_lake.json("health")}
    assert set(told) == {"formatted.bike_hires", "trusted.bike_hires"}
    assert (told["trusted.bike_hires"]["quarantined"], told["trusted.bike_hires"]["is_well"]) == (1, False)
    shown = filled_lake.run("health").stdout.splitlines()
    assert shown[0].startswith("table ")
    assert shown[1].startswith("trusted.bike_hires ")


def test_an_empty_lake(small_lake):
    assert "never made" in small_lake.run("health").stdout
