"""`lake lineage` draws trees or prints edges; `lake impact` says what follows; both before anything ran."""

import pytest

SQL = "SELECT hire_id, price * 2 AS twice FROM trusted.bike_hires WHERE price > 1"
COUNTED = """
from lake_assets.declarations import exploitation_table


@exploitation_table()
def counted(bike_hires):
    return bike_hires.collect().select("price")
"""


@pytest.fixture
def with_query(small_lake):
    small_lake.write("defs/exploitation/defs.yaml", "type: lake_assets.Exploitation\nattributes: {}\n")
    small_lake.write("defs/exploitation/doubled.sql", SQL)
    return small_lake


def test_a_tree_leads_up_to_the_element(with_query):
    told = with_query.run("lineage", "exploitation.doubled.twice").stdout
    assert told.splitlines()[:4] == [
        "exploitation.doubled.twice",
        "└── trusted.bike_hires.price  transformation",
        "    └── formatted.bike_hires.price  identity",
        "        └── persistent_landing.bike_hires.price  transformation",
    ]
    assert "which rows exploitation.doubled has depends on: trusted.bike_hires.price (filter)\n" in told


def test_rows_can_be_followed_in_the_tree(with_query):
    told = with_query.run("lineage", "--rows", "exploitation.doubled.hire_id").stdout
    assert "└── the rows of exploitation.doubled\n    └── trusted.bike_hires.price  filter\n" in told


def test_a_tree_leads_down(with_query):
    told = with_query.run("lineage", "bike_hires.price", "--down").stdout
    assert told.startswith(
        "persistent_landing.bike_hires.price\n├── formatted.bike_hires.price  transformation\n"
    )
    assert "exploitation.doubled.twice  transformation\n" in told
    assert with_query.run("lineage", "exploitation.doubled.twice", "--down").stdout.endswith(
        "nothing is made of it\n"
    )


def test_edges_are_printed_for_programs(with_query):
    told = with_query.json("lineage", "exploitation.doubled.twice")
    assert (told["direction"], told["columns"]) == ("up", ["exploitation.doubled.twice"])
    assert {
        "from": "trusted.bike_hires.price",
        "to": "exploitation.doubled.twice",
        "type": "DIRECT",
        "subtypes": ["TRANSFORMATION"],
        "is_opaque": False,
        "note": "",
    } in told["edges"]
    assert told["opaque"] == {}


def test_what_is_opaque_is_told(with_query):
    with_query.write("defs/exploitation/made.py", COUNTED)
    told = with_query.run("lineage", "exploitation.counted.price").stdout
    assert "trusted.bike_hires.hire_id  transformation; opaque\n" in told
    assert told.endswith("opaque in exploitation.counted: rows are collected before the plan is there\n")


def test_impact_is_told_for_people_and_programs(with_query):
    told = with_query.run("impact", "trusted.bike_hires.price").stdout
    assert told.startswith("1 table with something that moves: ")
    assert "rule price_in_range of trusted.bike_hires (quarantine) names price\n" in told
    assert "without it exploitation.doubled cannot be made: " in told
    document = with_query.json("impact", "bike_hires.price")
    assert document["tables"] == ["formatted.bike_hires", "trusted.bike_hires", "exploitation.doubled"]
    assert document["breaks"] == []


def test_a_name_that_is_wrong_is_told_in_three_lines(with_query):
    done = with_query.start("lineage", "exploitation.double")
    assert done.returncode == 1
    assert "did you mean exploitation.doubled?" in done.stderr
