"""`lake joins` tells what joins with a table, as a table and as JSON."""

SQL = "SELECT hire_id, price FROM trusted.bike_hires"


def test_as_a_table_and_as_json(small_lake):
    lines = "".join(f"{number},{number}.5,R{number}\n" for number in range(1, 12))
    small_lake.write("inbox/hires-1.csv", f"hire_id,price,rider\n{lines}")
    small_lake.write("defs/exploitation/defs.yaml", "type: lake_assets.Exploitation\nattributes: {}\n")
    small_lake.write("defs/exploitation/prices.sql", SQL)
    small_lake.run("ingest")
    small_lake.run("profile")
    found = small_lake.json("joins", "exploitation.prices")
    wanted = {
        "table": "exploitation.prices",
        "columns": ["hire_id"],
        "to": "trusted.bike_hires",
        "to_columns": ["hire_id"],
        "known_by": "values",
        "rule_id": "",
        "matched": 1.0,
    }
    assert wanted in found
    said = small_lake.run("joins", "exploitation.prices.hire_id").stdout
    assert "trusted.bike_hires (hire_id)" in said
    assert "100.0%" in said


def test_nothing_is_said_plainly(filled_lake):
    said = filled_lake.run("joins", "trusted.bike_hires").stdout
    assert said == "nothing is known to join with trusted.bike_hires\n"
