"""The flights of the demo, ingested by what is inferred of them, come out as the demo declares them."""

import zipfile

import pytest

from lake_assets.declarations import load_declarations
from lake_assets.demo._packages import raw_file
from lake_assets.settings import Settings


def _lines(name, rows):
    if name == "flights.csv":
        with zipfile.ZipFile(raw_file("flights.csv.zip")) as archive:
            lines = archive.read("flights.csv").splitlines(keepends=True)
    else:
        lines = raw_file(name).read_bytes().splitlines(keepends=True)
    return b"".join(lines[: rows + 1])


def _demo(name, monkeypatch):
    monkeypatch.delenv("LAKE_DEFS", raising=False)
    declared = load_declarations(Settings.from_environment().defs)
    return next(each for each in declared.datasets if each.name == name)


@pytest.mark.parametrize("name", ["airlines", "airports", "flights", "planes"])
def test_types_key_and_null_tokens_are_those_of_the_demo(name, project, monkeypatch):
    demo = _demo(name, monkeypatch)
    project.write(f"inbox/{name}.csv", _lines(f"{name}.csv", 30_000))
    draft = project.infer(f"inbox/{name}.csv")
    (dataset,) = project.declare(draft).datasets
    kinds = {column.name: column.kind for column in dataset.mapping.columns}
    assert kinds == {column.name: column.kind for column in demo.mapping.columns}
    assert sorted(dataset.key) == sorted(demo.key)


def test_every_flight_is_taken_in_whole(project):
    project.write("inbox/flights.csv", _lines("flights.csv", 60_000))
    formatted = project.ingest(project.infer("inbox/flights.csv"))
    assert formatted.height == 60_000
    assert formatted["_rescued"].null_count() == 60_000
    assert formatted["dep_delay"].null_count() > 0
    assert project.lake.table("trusted.flights").row_count == 60_000
