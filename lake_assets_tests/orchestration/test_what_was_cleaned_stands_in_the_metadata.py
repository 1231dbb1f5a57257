"""What the cleaning steps changed is metadata of the asset: in all, and a table by step and column."""

import pytest

from lake_assets.model import TableRef, Zone
from lake_assets.orchestration.metadata import made_metadata
from lake_assets_tests.flow.a_lake import ALake, step


@pytest.fixture
def bikes(tmp_path):
    lake = ALake(tmp_path)
    lake.declare(
        "bikes: {from: '*.csv', columns: {price: text}, clean: [{trim: price}, {cast: {price: float}}]}"
    )
    lake.drop("a.csv", "id,price\n1, 2.5\n2,dear\n3,4\n")
    return lake


def test_cells_are_counted_in_all_and_by_step(bikes):
    report = step(bikes.ingest_whole(), Zone.TRUSTED, "bikes")
    told = made_metadata(bikes.lake.root, TableRef(Zone.TRUSTED, "bikes"), report)
    assert (told["cells_cleaned"], told["cells_lost"]) == (3, 1)
    rows = [record.data for record in told["cleaned"].records]
    assert [(row["step"], row["kind"], row["changed"], row["lost"]) for row in rows] == [
        (1, "trim", 1, 0),
        (2, "cast", 2, 1),
    ]


def test_a_table_without_steps_has_no_such_figures(bikes):
    report = step(bikes.ingest_whole(), Zone.FORMATTED, "bikes")
    assert "cleaned" not in made_metadata(bikes.lake.root, TableRef(Zone.FORMATTED, "bikes"), report)
