"""`lake trace` tells the steps of a row, to people and as JSON, and no personal value."""


def test_people_read_the_way_down_to_the_record(filled_lake):
    told = filled_lake.run("trace", "trusted.bike_hires", "--where", "hire_id = 2").stdout
    assert told.startswith("trusted.bike_hires, version 0: hire_id 2, price 4.0, rider (personal)")
    assert "kept 3 rules: price_in_range (" in told
    assert "record 2 of hires-1.csv" in told
    assert "Grace" not in told


def test_json_is_a_list_of_traces(filled_lake):
    (told,) = filled_lake.json("trace", "quarantine.bike_hires", "--where", "true")
    assert told["record"]["elements"] == {"hire_id": "3", "price": "-1.0", "rider": "(personal)"}
    assert told["judging"]["commit"]["version"] == 0
    assert told["making"] is None


def test_no_such_row_is_told(filled_lake):
    told = filled_lake.run("trace", "trusted.bike_hires", "--where", "hire_id = 9")
    assert (told.exit_code, told.stdout[:30]) == (0, "no row of trusted.bike_hires i")
    assert filled_lake.json("trace", "trusted.bike_hires", "--where", "hire_id = 9") == []
