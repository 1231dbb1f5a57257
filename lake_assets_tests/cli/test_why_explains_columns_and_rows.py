"""`lake why` explains a column or rows, to people and as JSON."""


def test_a_column_is_explained(filled_lake):
    told = filled_lake.run("why", "trusted.bike_hires.price").stdout
    assert told.startswith("trusted.bike_hires.price, Float64: what was paid [euro]\n  0 of 2 rows null")
    assert "rule price_in_range (quarantine" in told
    assert filled_lake.json("why", "trusted.bike_hires.price")["rules"][0]["broken"] == 1


def test_a_row_that_was_set_aside_is_explained_without_personal_values(filled_lake):
    told = filled_lake.run("why", "trusted.bike_hires", "--where", "hire_id = 3").stdout
    assert told.startswith("set aside by the zone trusted: not: price is at least 0")
    assert "Barbara" not in told


def test_rows_are_a_list(filled_lake):
    found = filled_lake.json("why", "trusted.bike_hires", "--where", "hire_id < 3")
    assert [each["fate"] for each in found] == ["stands", "stands"]


def test_nothing_like_it_is_told(filled_lake):
    assert (
        filled_lake.run("why", "trusted.bike_hires", "--where", "hire_id = 99").stdout
        == "no record is like that\n"
    )


def test_a_table_alone_is_a_wrong_use(filled_lake):
    assert filled_lake.run("why", "trusted.bike_hires").exit_code == 2
