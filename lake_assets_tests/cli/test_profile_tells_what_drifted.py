"""`lake profile` profiles what changed, or one table, and keeps personal values to itself."""


def test_what_changed_is_profiled_once(filled_lake):
    (made,) = filled_lake.json("profile")
    assert (made["table"], made["rows"], made["sampled"]) == ("trusted.bike_hires", 2, 2)
    assert filled_lake.json("profile") == []
    assert filled_lake.run("profile").stdout.startswith("nothing changed since")


def test_one_table_is_told_whether_it_changed_or_not(filled_lake):
    first = filled_lake.json("profile", "trusted.bike_hires")
    assert filled_lake.json("profile", "trusted.bike_hires") == first
    told = filled_lake.run("profile", "trusted.bike_hires").stdout
    assert told.startswith("trusted.bike_hires, version 0: 2 rows, 2 of them in the sample, ")
    assert "(personal)" in told
    assert "Ada" not in told


def test_what_drifted_is_told(filled_lake):
    filled_lake.run("profile")
    filled_lake.write("inbox/hires-2.csv", "hire_id,price,rider\n1,400,Ada\n2,410,Grace\n4,420,Edsger\n")
    filled_lake.run("ingest")
    (made,) = filled_lake.json("profile")
    price = next(each for each in made["columns"] if each["name"] == "price")
    assert price["drift"]["reading"] == "drifted"
    assert "drifted" in filled_lake.run("profile", "trusted.bike_hires").stdout


def test_a_table_that_is_not_to_be_profiled_is_left_out(small_lake):
    path = small_lake.folder / "defs/bikes/defs.yaml"
    path.write_text(
        path.read_text().replace("      key: [hire_id]", "      key: [hire_id]\n      profile: false")
    )
    small_lake.run("ingest")
    assert small_lake.json("profile") == []


def test_what_may_identify_a_row_is_told(small_lake):
    small_lake.write(
        "inbox/hires-1.csv", "hire_id,price,rider\n" + "".join(f"{n},1.5,Ada\n" for n in range(30))
    )
    small_lake.run("ingest")
    assert "may identify a row: hire_id\n" in small_lake.run("profile", "trusted.bike_hires").stdout


def test_a_table_that_is_not_there_is_told_with_near_names(filled_lake):
    done = filled_lake.start("profile", "trusted.bike_hire")
    assert done.returncode == 1
    assert "trusted.bike_hires" in done.stderr
