from lake_assets.model import Place, WriteMode

BIKES = """\
type: lake_assets.Source
attributes:
  connector: {kind: filesystem}
  datasets:
    bike_hires:
      from: inbox/bikes/*.csv
      key: [hire_id]
      rules:
        - not_null: hire_id
        - in_range: {price: [0, 500]}
"""


def test_a_csv_source_takes_at_most_twelve_lines(folder):
    assert BIKES.count("\n") <= 12
    (source,) = folder.write("bikes/defs.yaml", BIKES).load().sources
    (hires,) = source.datasets
    assert (source.name, source.connector, source.every_s) == ("bikes", "filesystem", 0)
    assert (hires.name, hires.source, hires.origin) == ("bike_hires", "bikes", "inbox/bikes/*.csv")
    assert (hires.format, hires.key, hires.write_mode) == ("csv", ("hire_id",), WriteMode.UPSERT)
    assert [(rule.kind, rule.columns) for rule in hires.rules] == [
        ("not_null", ("hire_id",)),
        ("in_range", ("price",)),
    ]
    assert set(hires.rules[1].parameters.values()) >= {0, 500}


def test_source_and_dataset_know_where_they_are_declared(folder):
    (source,) = folder.write("bikes/defs.yaml", BIKES).load().sources
    file = str(folder.path / "bikes" / "defs.yaml")
    assert source.place == Place(file, 3)
    assert source.datasets[0].place == Place(file, 5)
