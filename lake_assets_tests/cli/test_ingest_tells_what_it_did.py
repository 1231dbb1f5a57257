"""`lake ingest` tells every step that found something, and how every table stands at the end."""


def test_each_step_that_found_something_is_one_line_of_progress(small_lake):
    lines = small_lake.run("ingest").stderr.splitlines()
    assert [line.split("bike_hires")[0].strip() for line in lines] == [
        "temporary landing",
        "persistent landing",
        "formatted",
        "trusted",
    ]
    assert "1 file, 57 B, 3 rows" in lines[2]
    assert "2 rows, 1 quarantined" in lines[3]


def test_the_summary_lists_every_table(small_lake):
    header, formatted, trusted = small_lake.run("ingest").stdout.splitlines()
    assert header.split() == ["table", "rows", "quarantined", "checks", "seconds"]
    assert formatted.split()[:5] == ["formatted.bike_hires", "3", "0", "1", "passed"]
    assert trusted.split()[:3] == ["trusted.bike_hires", "2", "1"]
    assert "2 passed, 1 failed" in trusted


def test_a_warning_is_counted_as_such(small_lake):
    small_lake.declare(severity="warn")
    assert "2 passed, 1 warned" in small_lake.run("ingest").stdout


def test_a_second_ingest_changes_nothing_and_says_so(filled_lake):
    before = filled_lake.versions()
    again = filled_lake.run("ingest")
    assert again.stdout.splitlines()[-1] == "nothing new: the lake is unchanged"
    assert again.stdout.splitlines()[2].startswith("trusted.bike_hires")
    assert again.stderr == ""
    assert filled_lake.versions() == before


def test_a_new_file_alone_is_taken_in(filled_lake):
    filled_lake.write("inbox/hires-2.csv", "hire_id,price,rider\n9,1.0,Edith\n")
    again = filled_lake.run("ingest")
    assert "1 row" in again.stderr
    assert "nothing new" not in again.stdout
    assert filled_lake.json("show", "trusted.bike_hires")["rows"] == 3


def test_the_same_bytes_again_are_a_duplicate(filled_lake):
    filled_lake.write("inbox/copy.csv", (filled_lake.folder / "inbox/hires-1.csv").read_text())
    assert "1 duplicate" in filled_lake.run("ingest").stderr


def test_a_source_can_be_named(small_lake):
    assert small_lake.run("ingest", "bikes").exit_code == 0
    assert small_lake.versions()["trusted.bike_hires"] == 0
