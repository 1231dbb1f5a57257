import pytest

IMPORT = "from lake_assets.declarations import exploitation_table\n\n\n"


def fault_of(lake_of_flights, text):
    return lake_of_flights.write("exploitation/facts.py", IMPORT + text).fault()


@pytest.mark.parametrize(
    ("arguments", "at", "attribute", "what", "mend"),
    [
        ("grian='a'", "4:21", "grian", "unknown attribute 'grian'", "did you mean grain?"),
        ("owner='ops'", "4:27", "owner", "'ops' is not an owner", "team:ops"),
        ("key=['a', 'Id']", "4:31", "key[1]", "'Id' is not a lower snake case name", "write id"),
        ("columns={'a': {'unti': 'm'}}", "4:36", "columns.a.unti", "unknown attribute 'unti'", "mean unit?"),
        ("rules=[{'not_nul': 'a'}]", "4:28", "rules[0]", "not_nul", "did you mean not_null?"),
        (
            "inputs={'flihgts': 'trusted.flights'}",
            "4:29",
            "inputs.flihgts",
            "has no parameter",
            "mean flights?",
        ),
        (
            "inputs={'flights': 'trused.flights'}",
            "4:40",
            "inputs.flights",
            "no zone is named",
            "mean trusted?",
        ),
        ("incremental_on='trusted.flights'", "4:36", "incremental_on", "needs a key", "add key"),
        (
            "key='a', incremental_on='trusted.planes'",
            "4:45",
            "incremental_on",
            "not one of",
            "Known: trusted.flights",
        ),
        ("engine='polar'", "4:28", "engine", "no engine is of the kind 'polar'", "did you mean polars?"),
    ],
)
def test_a_fault_of_a_decorator_is_told_with_line_and_column(
    lake_of_flights, arguments, at, attribute, what, mend
):
    fault = fault_of(
        lake_of_flights, f"@exploitation_table({arguments})\ndef facts(flights):\n    return flights\n"
    )
    assert fault.at == f"exploitation/facts.py:{at}, function facts, attribute {attribute}"
    assert what in fault.what
    assert mend in fault.mend


@pytest.mark.parametrize("parameters", ["*flights", "**flights", "*, flights"])
def test_a_parameter_that_cannot_be_a_table_is_refused(lake_of_flights, parameters):
    fault = fault_of(lake_of_flights, f"@exploitation_table()\ndef facts({parameters}):\n    return 1\n")
    assert fault.at == "exploitation/facts.py:5:1, function facts"
    assert "cannot stand for a table" in fault.what


def test_a_parameter_that_is_no_table_name_is_refused(lake_of_flights):
    fault = fault_of(lake_of_flights, "@exploitation_table()\ndef facts(Flights):\n    return 1\n")
    assert fault.at == "exploitation/facts.py:5:1, function facts"
    assert "'Flights' is not a table name" in fault.what


def test_a_function_that_is_no_name_is_refused(lake_of_flights):
    fault = fault_of(lake_of_flights, "@exploitation_table()\ndef FlightFacts(flights):\n    return 1\n")
    assert fault.at == "exploitation/facts.py:5:1, function FlightFacts"
    assert fault.mend == "rename the function to flight_facts"


def test_a_lambda_is_refused(lake_of_flights):
    fault = fault_of(lake_of_flights, "facts = exploitation_table()(lambda flights: flights)\n")
    assert fault.at == "exploitation/facts.py:4:1"
    assert fault.mend == "write it as a function with def"


def test_all_faults_of_a_file_are_told(lake_of_flights):
    text = "@exploitation_table(grian='a', onwer='b')\ndef a(x): pass\n@exploitation_table(kye='a')\ndef b(x): pass\n"
    lake_of_flights.write("exploitation/facts.py", text.replace("@", IMPORT + "@", 1))
    assert [fault.at.split(",")[0] for fault in lake_of_flights.faults()] == [
        "exploitation/facts.py:4:21",
        "exploitation/facts.py:4:32",
        "exploitation/facts.py:6:21",
    ]


@pytest.mark.parametrize(
    ("text", "at", "what"),
    [
        ("def facts(:\n", "4:11", "SyntaxError: invalid syntax"),
        ("x = 1\nimport no_such_package\n", "5:1", "ModuleNotFoundError: No module named 'no_such_package'"),
        ("def _f():\n    return 1 / 0\n_f()\n", "5:12", "ZeroDivisionError: division by zero"),
        ("@exploitation_table\ndef facts(flights): pass\n", "4:2", "TypeError: "),
        ("import json\njson.loads('{')\n", "5:1", "JSONDecodeError: "),
    ],
)
def test_a_file_that_cannot_be_imported_is_told_with_its_line(lake_of_flights, text, at, what):
    fault = fault_of(lake_of_flights, text)
    assert fault.at == f"exploitation/facts.py:{at}"
    assert fault.what.startswith(f"the file cannot be imported: {what}")
