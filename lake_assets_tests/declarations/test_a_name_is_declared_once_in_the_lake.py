SOURCE = "type: lake_assets.Source\nattributes: {connector: filesystem, datasets: {hires: {from: a.csv}}}\n"


def test_a_dataset_declared_twice_names_both_places(folder):
    folder.write("bikes/defs.yaml", SOURCE).write("shop/defs.yaml", SOURCE)
    fault = folder.fault()
    assert fault.at == "shop/defs.yaml:2"
    assert fault.what == "another dataset is named 'hires' already, at bikes/defs.yaml:2"


def test_a_source_declared_twice_names_both_places(folder):
    folder.write("a/bikes/defs.yaml", SOURCE).write("b/bikes/defs.yaml", SOURCE.replace("hires", "shops"))
    fault = folder.fault()
    assert fault.at == "b/bikes/defs.yaml:2"
    assert fault.what == "another source is named 'bikes' already, at a/bikes/defs.yaml:2"


def test_a_table_declared_twice_names_both_places(lake_of_flights):
    lake_of_flights.write("exploitation/facts.sql", "SELECT id FROM trusted.flights\n")
    lake_of_flights.write(
        "exploitation/more.py",
        """
        from lake_assets.declarations import exploitation_table

        @exploitation_table(key="id")
        def facts(flights):
            return flights
        """,
    )
    fault = lake_of_flights.fault()
    assert fault.at == "exploitation/more.py:4"
    assert fault.what.endswith("named 'facts' already, at exploitation/facts.sql:1")


def test_an_attribute_declared_twice_is_refused_at_any_depth(source):
    fault = source(dataset="from: a.csv\ncolumns: {a: int, b: int, a: text}").fault()
    assert fault.at == "bikes/defs.yaml:7:33"
    assert fault.what == "'a' is declared twice, first in line 7"


def test_an_attribute_taken_over_by_a_merge_may_be_declared_again(source):
    declared = "from: a.csv\ncolumns:\n  a: &whole {type: int, unit: m}\n  b: {<<: *whole, unit: km}"
    (made,) = source(dataset=declared).load().sources
    assert [column.unit for column in made.datasets[0].mapping.columns] == ["m", "km"]


def test_a_folder_that_is_given_twice_counts_once(folder):
    from lake_assets.declarations import load_declarations

    folder.write("bikes/defs.yaml", SOURCE)
    assert len(load_declarations([folder.path, folder.path / "bikes"]).sources) == 1
