"""No value of a column that is declared personal leaves `lake show`, `lake status` or `lake ingest`."""

import pytest

_NAMES = {"Ada", "Grace", "Barbara"}


@pytest.fixture
def lake(small_lake):
    small_lake.write(
        "defs/exploitation/riders.sql",
        "SELECT rider, COUNT(*) AS hires FROM trusted.bike_hires GROUP BY rider\n",
    )
    small_lake.write("defs/exploitation/defs.yaml", "type: lake_assets.Exploitation\nattributes: {}\n")
    return small_lake


@pytest.mark.parametrize("zone", ["formatted", "trusted", "quarantine"])
def test_no_table_of_the_dataset_shows_them(lake, zone):
    lake.run("ingest")
    for words in (["show", f"{zone}.bike_hires"], ["show", f"{zone}.bike_hires", "--json"]):
        shown = lake.run(*words)
        assert shown.exit_code == 0
        assert not [name for name in _NAMES if name in shown.stdout]
        assert "(personal)" in shown.stdout


def test_nor_does_a_table_made_from_it(lake):
    done = lake.run("ingest")
    assert done.exit_code == 0, done.stderr
    shown = lake.run("show", "exploitation.riders").stdout
    assert not [name for name in _NAMES if name in shown]
    assert "hires" in shown


def test_nor_does_what_goes_by(lake):
    done = lake.run("ingest")
    said = done.stdout + done.stderr + lake.run("status").stdout
    assert not [name for name in _NAMES if name in said]


def test_a_query_gives_what_it_is_asked_for(lake):
    lake.run("ingest")
    assert "Ada" in lake.run("query", "SELECT rider FROM trusted.bike_hires").stdout


@pytest.mark.parametrize(
    "words",
    [
        ["why", "trusted.bike_hires.rider"],
        ["why", "trusted.bike_hires", "--where", "price < 0"],
        ["trace", "trusted.bike_hires", "--where", "price > 0"],
    ],
)
@pytest.mark.parametrize("form", [[], ["--json"]])
def test_nor_is_a_value_that_a_rule_names(lake, words, form):
    declared = lake.folder / "defs/bikes/defs.yaml"
    rule = "        - {in_set: {rider: [Ada, Zaphod]}, severity: warn}\n"
    declared.write_text(declared.read_text() + rule)
    lake.run("ingest")
    said = lake.run(words[0], *words[1:], *form)
    assert "rider_in_set" in said.stdout
    assert "Zaphod" not in said.stdout
