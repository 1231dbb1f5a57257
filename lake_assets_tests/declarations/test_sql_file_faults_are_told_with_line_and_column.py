import pytest

QUERY = "\nSELECT id FROM trusted.flights\n"


@pytest.mark.parametrize(
    ("text", "at", "what", "mend"),
    [
        (
            "/*\ngrian: a\n*/" + QUERY,
            "2:1, attribute grian",
            "unknown attribute 'grian'",
            "did you mean grain?",
        ),
        (
            "/* grian: a */" + QUERY,
            "1:4, attribute grian",
            "unknown attribute 'grian'",
            "did you mean grain?",
        ),
        (
            "/*\nkey: [Id]\n*/" + QUERY,
            "2:7, attribute key[0]",
            "'Id' is not a lower snake case name",
            "write id",
        ),
        ("/*\nkey: a\nkey: b\n*/" + QUERY, "3:1", "'key' is declared twice", "keep one"),
        ("/*\nkey: [a\n*/" + QUERY, "3:1", "not valid YAML", ""),
        ("/*\njust words\n*/" + QUERY, "2:1", "expected a mapping, found text", ""),
        (
            "/*\ncolumns: {a: {unti: m}}\n*/" + QUERY,
            "2:15, attribute columns.a.unti",
            "unknown",
            "mean unit?",
        ),
        (
            "/*\ncolumns: {a: 3}\n*/" + QUERY,
            "2:14, attribute columns.a",
            "expected a mapping, found a number",
            "",
        ),
        (
            "/*\nrules: [not_nul: a]\n*/" + QUERY,
            "2:9, attribute rules[0]",
            "not_nul",
            "did you mean not_null?",
        ),
        ("/*\ninputs: {a: b}\n*/" + QUERY, "2:1, attribute inputs", "unknown attribute 'inputs'", ""),
        (
            "/*\nincremental_on: trusted.flights\n*/" + QUERY,
            "2:17, attribute incremental_on",
            "an incremental table needs a key",
            "add key: [...]",
        ),
        (
            "/*\nkey: id\nincremental_on: trusted.flihgts\n*/" + QUERY,
            "3:17, attribute incremental_on",
            "trusted.flihgts is not one of the inputs",
            "did you mean trusted.flights?",
        ),
        (
            "/*\nkey: id\nincremental_on: trustd.flights\n*/" + QUERY,
            "3:17, attribute incremental_on",
            "no zone is named 'trustd'",
            "did you mean trusted?",
        ),
        (
            "/*\nkey: id\n*/\nSELECT id\nFROM flights\n",
            "5:6",
            "the table 'flights' has no zone",
            "trusted.flights",
        ),
        ("/*\nkey: id\n*/\nSELECT id b c FROM trusted.flights\n", "4:13", "not valid SQL near 'c'", ""),
        ("/*\nkey: id\n*/\n", "4:1", "expected one SELECT, found nothing", ""),
        ("/* key: id\nSELECT id FROM trusted.flights\n", "1:1", "/* is opened and never closed", ""),
    ],
)
def test_a_fault_of_a_sql_file_is_told_with_line_and_column(lake_of_flights, text, at, what, mend):
    fault = lake_of_flights.write("exploitation/facts.sql", text).fault()
    assert fault.at == f"exploitation/facts.sql:{at}"
    assert what in fault.what
    assert mend in fault.mend


def test_front_matter_and_query_are_told_together(lake_of_flights):
    lake_of_flights.write("exploitation/facts.sql", "/* grian: a */\nSELECT id FROM flights\n")
    assert [fault.at.split(",")[0] for fault in lake_of_flights.faults()] == [
        "exploitation/facts.sql:1:4",
        "exploitation/facts.sql:2:16",
    ]


def test_a_file_that_is_no_name_is_refused(lake_of_flights):
    fault = lake_of_flights.write("exploitation/Flight Facts.sql", QUERY).fault()
    assert fault.at == "exploitation/Flight Facts.sql:1:1"
    assert fault.mend == "rename the file to flight_facts.sql"


def test_a_folder_that_is_not_there_is_told(folder):
    text = "type: lake_assets.Exploitation\nattributes: {folder: nowhere}\n"
    fault = folder.write("defs.yaml", text).fault()
    assert fault.at == "defs.yaml:2:22, attribute folder"
    assert fault.what.startswith("there is no folder")
