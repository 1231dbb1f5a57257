import pytest

from lake_assets.declarations import Declarations
from lake_assets.errors import DeclarationError, UnknownTableError


@pytest.fixture
def declared(lake_of_flights):
    return lake_of_flights.write("exploitation/facts.sql", "SELECT id FROM trusted.flights\n").load()


def test_sources_datasets_and_transformations_are_found_by_name(declared):
    assert declared.source("air") is declared.sources[0]
    assert declared.dataset("planes") is declared.sources[0].datasets[1]
    assert declared.transformation("facts") is declared.transformations[0]
    assert [dataset.name for dataset in declared.datasets] == ["flights", "planes", "weather"]


def test_a_wrong_source_names_the_near_ones(declared):
    with pytest.raises(DeclarationError, match="did you mean air"):
        declared.source("aer")


def test_a_wrong_dataset_names_the_near_ones(declared):
    with pytest.raises(UnknownTableError, match="did you mean flights"):
        declared.dataset("flihgts")


def test_a_wrong_transformation_names_the_near_ones(declared):
    with pytest.raises(UnknownTableError, match="did you mean facts"):
        declared.transformation("fact")


def test_nothing_declared_is_nothing_known():
    with pytest.raises(UnknownTableError, match="none is known yet"):
        Declarations().dataset("flights")
