"""`lake docs` writes pages that need no server, where it is told to, and says what it wrote."""


def test_by_default_it_is_under_the_root_of_the_lake(filled_lake):
    said = filled_lake.run("docs").stdout
    assert said.endswith("written: lake/docs/index.html\n")
    assert "Hires of bikes." in (filled_lake.folder / "lake/docs/tables/trusted.bike_hires.html").read_text()


def test_a_second_time_it_has_nothing_to_write_and_says_so(filled_lake):
    filled_lake.run("docs")
    assert filled_lake.run("docs").stdout.startswith("the site says all this already, ")


def test_elsewhere_with_out_as_json(filled_lake):
    document = filled_lake.json("docs", "--out", "public/site")
    assert document["index"] == str(filled_lake.folder / "public/site/index.html")
    assert (document["files"], document["removed"]) == (len(document["changed"]), [])
    assert (filled_lake.folder / "public/site/index.html").is_file()
    assert not (filled_lake.folder / "lake/docs").exists()


def test_open_shows_the_first_page(filled_lake, monkeypatch):
    asked = []
    monkeypatch.setattr("click.launch", asked.append)
    filled_lake.run("docs", "--open")
    assert asked == [str(filled_lake.folder / "lake/docs/index.html")]


def test_files_of_others_are_not_written_over(filled_lake):
    filled_lake.write("public/index.html", "mine")
    said = filled_lake.run("docs", "--out", "public")
    assert (said.exit_code, "index.html is there" in said.output) == (1, True)
    assert (filled_lake.folder / "public/index.html").read_text() == "mine"


def test_a_site_on_s3_is_not_for_a_browser(filled_lake):
    said = filled_lake.run("docs", "--root", "s3://bucket/lake", "--open")
    assert said.exit_code == 2
    assert "add --out DIR" in said.output


def test_the_site_of_a_lake_does_not_count_as_a_table(filled_lake):
    before = filled_lake.versions()
    filled_lake.run("docs")
    assert filled_lake.versions() == before
