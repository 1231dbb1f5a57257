import pytest

ABOVE = "connector: filesystem\n"
BELOW = "from: inbox/*.csv\n"


@pytest.mark.parametrize(
    ("line", "at", "what", "mend"),
    [
        ("onwer: team:ops", "4:3, attribute onwer", "unknown attribute 'onwer'", "did you mean owner?"),
        ("owner: ops", "4:10, attribute owner", "'ops' is not an owner", "team:ops"),
        ("owner:", "4:9, attribute owner", "expected text, found nothing", "leave the attribute out"),
        ("licence: 4.0", "4:12, attribute licence", "expected text, found a number", "in quotes"),
        ("description: [a]", "4:16, attribute description", "expected text, found a list", ""),
        ("every: 30", "4:10, attribute every", "30 is not a span of time", "30s, 5m, 1h or 1d"),
        ("every: 0s", "4:10, attribute every", "'0s' is not a span of time", "30s"),
        (
            "name: BikeShop",
            "4:9, attribute name",
            "'BikeShop' is not a lower snake case name",
            "write bike_shop",
        ),
    ],
)
def test_a_wrong_attribute_of_a_source_is_told_with_line_and_column(source, line, at, what, mend):
    fault = source(ABOVE + line).fault()
    assert fault.at == f"bikes/defs.yaml:{at}"
    assert fault.what == what
    assert mend in fault.mend


@pytest.mark.parametrize(
    ("line", "at", "what", "mend"),
    [
        ("form: csv", "7:7, attribute datasets.hires.form", "unknown attribute 'form'", "did you mean"),
        (
            "write: upser",
            "7:14, attribute datasets.hires.write",
            "'upser' is none of",
            "did you mean upsert?",
        ),
        ("write: upsert", "7:14, attribute datasets.hires.write", "an upsert needs a key", "write: append"),
        (
            "drift: frezze",
            "7:14, attribute datasets.hires.drift",
            "'frezze' is none of",
            "did you mean freeze?",
        ),
        ("key: [Id]", "7:13, attribute datasets.hires.key[0]", "'Id' is not a lower snake", "write id"),
        ("key: {a: b}", "7:12, attribute datasets.hires.key", "expected a list, found a mapping", ""),
        ("tags: [a, 1]", "7:17, attribute datasets.hires.tags[1]", "expected text, found a number", "quotes"),
        (
            "null_tokens: [no]",
            "7:21, attribute datasets.hires.null_tokens[0]",
            "found false",
            "reads a bare yes, no",
        ),
        ("columns: [a]", "7:16, attribute datasets.hires.columns", "expected a mapping, found a list", ""),
        ("columns: {Id: int}", "7:17, attribute datasets.hires.columns.Id", "'Id' is not", "write id"),
        (
            "columns: {a: dat}",
            "7:20, attribute datasets.hires.columns.a.type",
            "'dat' is none of",
            "mean date?",
        ),
        (
            "columns: {a: {unit: m}}",
            "7:17, attribute datasets.hires.columns.a",
            "'type' is missing",
            "add type",
        ),
        (
            "columns: {a: {type: int, unti: m}}",
            "7:32, attribute datasets.hires.columns.a.unti",
            "unknown",
            "mean unit?",
        ),
        (
            "columns: {a: {type: int, layout: x}}",
            "7:40, attribute datasets.hires.columns.a.layout",
            "how 1234.5 is written",
            "",
        ),
        ("columns: {a: {type: int, personal: 3}}", "7:42, attribute", "expected true or false", ""),
        (
            "columns: {a: {type: int, from: b}, b: int}",
            "7:16, attribute",
            "both made from 'b'",
            "its own `from`",
        ),
        ("options: [a]", "7:16, attribute datasets.hires.options", "expected a mapping, found a list", ""),
        (
            "rules: {not_null: a}",
            "7:14, attribute datasets.hires.rules",
            "expected a list, found a mapping",
            "",
        ),
        ("rules: [a]", "7:15, attribute datasets.hires.rules[0]", "a rule is a mapping", "not_null"),
    ],
)
def test_a_wrong_attribute_of_a_dataset_is_told_with_line_and_column(source, line, at, what, mend):
    fault = source(dataset=BELOW + line).fault()
    assert fault.at.startswith(f"bikes/defs.yaml:{at}")
    assert what in fault.what
    assert mend in fault.mend


@pytest.mark.parametrize(
    ("text", "at", "what"),
    [
        ("attributes: {connector: filesystem}", "2:13", "the attribute 'datasets' is missing"),
        ("attributes: {datasets: {a: {from: b}}}", "2:13", "the attribute 'connector' is missing"),
        (
            "attributes: {connector: filesystem, datasets: {}}",
            "2:47, attribute datasets",
            "must not be empty",
        ),
        ("attributes: [a]", "2:13", "expected a mapping, found a list"),
        ("attributes: a", "2:13", "expected a mapping, found text"),
        (
            "attributes: {connector: 3, datasets: {a: {from: b}}}",
            "2:25, attribute connector",
            "expected a mapping",
        ),
        (
            "attributes: {connector: filesystem, datasets: {a: {}}}",
            "2:48, attribute datasets.a",
            "'from' is missing",
        ),
        (
            "attributes: {connector: filesystem, datasets: {a: }}",
            "2:51, attribute datasets.a",
            "found nothing",
        ),
        (
            "attributes: {connector: filesystem, datasets: {a: {from: ''}}}",
            "2:58, attribute",
            "must not be empty",
        ),
    ],
)
def test_what_is_missing_is_told_where_it_belongs(folder, text, at, what):
    fault = folder.write("bikes/defs.yaml", f"type: lake_assets.Source\n{text}\n").fault()
    assert fault.at.startswith(f"bikes/defs.yaml:{at}")
    assert what in fault.what


def test_a_source_without_attributes_lacks_them_all(folder):
    faults = folder.write("bikes/defs.yaml", "type: lake_assets.Source\n").faults()
    assert [fault.what for fault in faults] == [
        "the attribute 'connector' is missing",
        "the attribute 'datasets' is missing",
    ]


def test_a_folder_that_is_no_name_asks_for_one(folder):
    text = "type: lake_assets.Source\nattributes: {connector: filesystem, datasets: {a: {from: b}}}\n"
    fault = folder.write("Bike Shop/defs.yaml", text).fault()
    assert fault.at == "Bike Shop/defs.yaml:2"
    assert fault.what == "'Bike Shop' is not a lower snake case name for a source"
    assert fault.mend == "add name: bike_shop"
