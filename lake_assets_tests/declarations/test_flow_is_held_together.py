import pytest

from lake_assets.declarations import check_flow, load_transformations
from lake_assets.errors import DeclarationError


def tables(lake, **queries):
    for name, sql in queries.items():
        lake.write(f"exploitation/{name}.sql", f"{sql}\n")
    return lake


def order(declared):
    return [made.target.name for made in declared.transformations]


def test_each_table_comes_after_those_it_reads(lake_of_flights):
    tables(
        lake_of_flights,
        a="SELECT * FROM exploitation.c JOIN exploitation.b USING (id)",
        b="SELECT * FROM exploitation.d",
        c="SELECT * FROM trusted.flights",
        d="SELECT * FROM exploitation.c",
    )
    assert order(lake_of_flights.load()) == ["c", "d", "b", "a"]


def test_the_order_does_not_depend_on_how_they_are_given(lake_of_flights):
    queries = dict.fromkeys("abcd", "SELECT * FROM trusted.flights")
    queries["a"] = "SELECT * FROM exploitation.d"
    tables(lake_of_flights, **queries)
    declared = lake_of_flights.load()
    made = load_transformations(lake_of_flights.path / "exploitation")
    assert [each.target for each in check_flow(made[::-1], declared.sources)] == [
        each.target for each in declared.transformations
    ]


def test_an_unknown_input_names_the_near_ones(lake_of_flights):
    fault = tables(lake_of_flights, facts="-- Facts.\n\nSELECT * FROM trusted.flihgts").fault()
    assert fault.at == "exploitation/facts.sql:1, table exploitation.facts"
    assert fault.what == "trusted.flihgts is read, but nothing makes it"
    assert "did you mean trusted.flights" in fault.mend


def test_tables_of_other_zones_are_no_inputs(lake_of_flights):
    fault = tables(lake_of_flights, facts="SELECT * FROM formatted.flights").fault()
    assert fault.what == "formatted.flights is read, but nothing makes it"


def test_all_unknown_inputs_are_told(lake_of_flights):
    tables(lake_of_flights, a="SELECT * FROM trusted.x, trusted.y", b="SELECT * FROM exploitation.z")
    assert [fault.what.split()[0] for fault in lake_of_flights.faults()] == [
        "trusted.x",
        "trusted.y",
        "exploitation.z",
    ]


def test_an_unknown_table_that_a_rule_looks_up_is_told(source):
    fault = source(dataset="from: a.csv\nrules: [references: {column: a, table: trusted.planes}]").fault()
    assert fault.at.startswith("bikes/defs.yaml:5, table trusted.hires, rule ")
    assert fault.what == "trusted.planes is looked up, but nothing makes it"
    assert fault.mend.endswith("Known: trusted.hires")


def test_a_circle_is_named(lake_of_flights):
    fault = tables(
        lake_of_flights,
        a="SELECT * FROM exploitation.b",
        b="SELECT * FROM exploitation.c",
        c="SELECT * FROM exploitation.a",
    ).fault()
    assert "exploitation.a" in fault.what
    assert fault.what.count(" <- ") == 3
    assert lake_of_flights.short(fault.at).count(".sql:1") == 3


def test_a_table_made_of_itself_is_a_circle(lake_of_flights):
    fault = tables(lake_of_flights, a="SELECT * FROM exploitation.a").fault()
    assert fault.what == "tables are made from each other: exploitation.a <- exploitation.a"


def test_nothing_is_a_flow():
    assert check_flow([], []) == ()


def test_a_trusted_table_is_made_by_its_source_only(lake_of_flights):
    made = load_transformations(
        tables(lake_of_flights, a="SELECT * FROM trusted.flights").path / "exploitation"
    )
    with pytest.raises(DeclarationError, match=r"trusted\.flights is read, but nothing makes it"):
        check_flow(made, [])
