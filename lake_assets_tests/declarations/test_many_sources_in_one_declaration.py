import pytest

ONE = "{connector: filesystem, datasets: {%s: {from: a.csv}}}"


def names(declarations):
    return [(source.name, source.datasets[0].name) for source in declarations.sources]


def test_sources_by_name(folder):
    sources = f"    bikes: {ONE % 'hires'}\n    cars: {ONE % 'trips'}\n"
    folder.write("defs.yaml", "type: lake_assets.Sources\nattributes:\n  sources:\n" + sources)
    declared = folder.load()
    assert names(declared) == [("bikes", "hires"), ("cars", "trips")]
    assert [source.place.line for source in declared.sources] == [4, 5]
    assert [source.datasets[0].place.line for source in declared.sources] == [4, 5]


def test_a_name_among_the_attributes_wins(folder):
    named = (ONE % "hires").replace("{connector", "{name: shop, connector")
    folder.write("defs.yaml", f"type: lake_assets.Sources\nattributes: {{sources: {{bikes: {named}}}}}\n")
    assert names(folder.load()) == [("shop", "hires")]


def test_a_file_holds_one_source_or_sources_by_name(folder):
    folder.write("defs.yaml", "type: lake_assets.Sources\nattributes: {files: ['one/*.yaml', 'many.yaml']}\n")
    folder.write("one/bikes.yaml", ONE % "hires").write("one/cars.yaml", ONE % "trips")
    folder.write("many.yaml", f"trains: {ONE % 'rides'}\nplanes: {ONE % 'flights'}\n")
    declared = folder.load()
    assert [name for name, _ in names(declared)] == ["bikes", "cars", "trains", "planes"]
    assert folder.short(str(declared.sources[3].place)) == "many.yaml:2"


def test_a_fault_in_a_file_is_told_with_its_place_there(folder):
    folder.write("defs.yaml", "type: lake_assets.Sources\nattributes: {files: '*s.yaml'}\n")
    folder.write("bikes.yaml", "connector: filesystem\ndatasets: {hires: {form: a.csv, from: b.csv}}\n")
    folder.write(
        "cars.yaml", "trains:\n  connecter: filesystem\n  connector: filesystem\n  datasets: {a: {from: b}}\n"
    )
    bikes, cars = [fault for fault in folder.faults() if not fault.at.startswith("defs.yaml")]
    assert (bikes.at, bikes.what) == (
        "bikes.yaml:2:20, attribute datasets.hires.form",
        "unknown attribute 'form'",
    )
    assert (cars.at, cars.what) == (
        "cars.yaml:2:3, attribute sources.trains.connecter",
        "unknown attribute 'connecter'",
    )


def test_a_fault_among_named_sources_is_told_with_its_place(folder):
    folder.write(
        "defs.yaml",
        """
        type: lake_assets.Sources
        attributes:
          sources:
            bikes:
              connector: filesystem
              datasets:
                hires: {from: a.csv, write: upser}
        """,
    )
    assert folder.fault().at == "defs.yaml:7:37, attribute sources.bikes.datasets.hires.write"


@pytest.mark.parametrize(
    ("attributes", "at", "what"),
    [
        ("{}", "2:13", "no source is declared"),
        ("{files: nothing/*.yaml}", "2:21, attribute files[0]", "no file fits 'nothing/*.yaml'"),
        ("{files: /etc/*.yaml}", "2:21, attribute files[0]", "'/etc/*.yaml' is not a glob"),
        ("{sorces: {}}", "2:14, attribute sorces", "unknown attribute 'sorces'"),
    ],
)
def test_sources_that_are_not_there_are_told(folder, attributes, at, what):
    fault = folder.write("defs.yaml", f"type: lake_assets.Sources\nattributes: {attributes}\n").faults()[0]
    assert fault.at == f"defs.yaml:{at}"
    assert fault.what.startswith(what)
