import pytest


def test_a_wrong_connector_names_the_near_ones(source):
    fault = source("connector: filesytem").fault()
    assert fault.at == "bikes/defs.yaml:3:14, attribute connector.kind"
    assert fault.what == "no connector is of the kind 'filesytem'"
    assert "did you mean filesystem?" in fault.mend


def test_a_wrong_format_names_the_near_ones(source):
    fault = source(dataset="from: inbox/*\nformat: {kind: cvs}").fault()
    assert fault.at == "bikes/defs.yaml:7:22, attribute datasets.hires.format.kind"
    assert "did you mean csv?" in fault.mend


def test_a_format_that_the_extension_lets_expect_must_be_there(source):
    fault = source(dataset="from: inbox/*.orc").fault()
    assert fault.at == "bikes/defs.yaml:6:7, attribute datasets.hires.format.kind"
    assert fault.what == "no format is of the kind 'orc'"


def test_a_wrong_rule_names_the_near_ones(source):
    fault = source(dataset="from: a.csv\nrules:\n  - not_null: a\n  - not_nul: b").fault()
    assert fault.at == "bikes/defs.yaml:9:11, attribute datasets.hires.rules[1]"
    assert "did you mean not_null?" in fault.mend


def test_a_rule_that_is_declared_twice_is_refused(source):
    fault = source(dataset="from: a.csv\nrules:\n  - not_null: a\n  - not_null: a").fault()
    assert fault.at == "bikes/defs.yaml:9:11, attribute datasets.hires.rules[1]"
    assert fault.what.startswith("two rules are named ")


def test_a_wrong_engine_names_the_near_ones(lake_of_flights):
    text = "/*\nengine: polar\n*/\nSELECT id FROM trusted.flights\n"
    fault = lake_of_flights.write("exploitation/facts.sql", text).fault()
    assert fault.at == "exploitation/facts.sql:2:9, attribute engine"
    assert "did you mean polars?" in fault.mend


@pytest.mark.parametrize(
    "kind", ["lake_assets.Sorce", "lake_asset.Source", "lakeassets.Source", "Lake_Assets.Source"]
)
def test_a_wrong_type_names_the_near_ones(folder, kind):
    fault = folder.write("bikes/defs.yaml", f"type: {kind}\nattributes:\n  a: 1\n").fault()
    assert fault.at == "bikes/defs.yaml:3:3"
    assert kind in fault.what
    assert "did you mean lake_assets.Source" in fault.mend


def test_a_kind_that_cannot_be_loaded_says_what_is_missing(source, monkeypatch):
    from importlib.metadata import EntryPoint

    from lake_assets import extensions

    lacking = EntryPoint("lacking", "no_such_package.connector:Connector", "lake_assets.connectors")
    kinds = {**extensions.installed_kinds("connectors"), "lacking": lacking}
    monkeypatch.setattr(extensions, "installed_kinds", lambda _: kinds)
    fault = source("connector: lacking").fault()
    assert fault.what == "the kind 'lacking' cannot be loaded: No module named 'no_such_package'"
