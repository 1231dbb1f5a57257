from lake_assets.model import Place, TableRef, Zone

FACTS = """
/*
description: Departures.
grain: one departure
key: [id, _row]
owner: team:facts
consumers: team:analytics
columns:
  id: the id
  delay: {description: the delay, unit: minutes}
  _file: the file it came in
rules:
  - not_null: id
incremental_on: trusted.flights
engine: polars
*/
SELECT f.id, f.delay, f._file
FROM trusted.flights AS f
LEFT JOIN trusted.planes USING (tailnum)
"""


def test_a_sql_file_declares_a_table(lake_of_flights):
    declared = lake_of_flights.write("exploitation/flight_facts.sql", FACTS).load()
    (facts,) = declared.transformations
    assert facts.target == TableRef(Zone.EXPLOITATION, "flight_facts")
    assert facts.inputs == {
        "trusted__flights": TableRef(Zone.TRUSTED, "flights"),
        "trusted__planes": TableRef(Zone.TRUSTED, "planes"),
    }
    assert facts.sql.startswith("SELECT f.id, f.delay, f._file\nFROM trusted__flights AS f\n")
    assert (facts.key, facts.incremental_on) == (("id", "_row"), TableRef(Zone.TRUSTED, "flights"))
    assert facts.columns == {"id": "the id", "delay": "the delay", "_file": "the file it came in"}
    assert facts.units == {"delay": "minutes"}
    assert (facts.description, facts.grain, facts.owner) == ("Departures.", "one departure", "team:facts")
    assert (facts.consumers, facts.engine) == (("team:analytics",), "polars")
    assert [(rule.kind, rule.owner) for rule in facts.rules] == [("not_null", "team:facts")]
    assert facts.place == Place(str(lake_of_flights.path / "exploitation" / "flight_facts.sql"), 16)


def test_a_query_alone_is_enough(lake_of_flights):
    (facts,) = (
        lake_of_flights.write("exploitation/facts.sql", "SELECT id FROM trusted.flights\n")
        .load()
        .transformations
    )
    assert (facts.sql, facts.key, facts.rules) == ("SELECT id FROM trusted__flights AS flights", (), ())


def test_comments_and_hints_of_the_query_are_no_front_matter(lake_of_flights):
    text = "-- Facts.\nSELECT id /* key: [id] */ FROM trusted.flights\n"
    (facts,) = lake_of_flights.write("exploitation/facts.sql", text).load().transformations
    assert facts.key == ()


def test_a_line_comment_may_stand_before_the_front_matter(lake_of_flights):
    text = "-- Facts.\n\n/* key: [id] */\nSELECT id FROM trusted.flights\n"
    (facts,) = lake_of_flights.write("exploitation/facts.sql", text).load().transformations
    assert (facts.key, facts.place.line) == (("id",), 4)


def test_an_empty_front_matter_declares_nothing(lake_of_flights):
    text = "/*\n\n*/\nSELECT id FROM trusted.flights\n"
    (facts,) = lake_of_flights.write("exploitation/facts.sql", text).load().transformations
    assert facts.description == ""
