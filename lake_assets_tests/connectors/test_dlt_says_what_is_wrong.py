"""A pull that fails lands nothing, leaves nothing, and says what is to be mended."""

import pytest

from lake_assets.connectors import dlt_source
from lake_assets.errors import ConnectorError, DeclarationError
from lake_assets_tests.connectors.dlt_plant import Plant, dataset
from lake_assets_tests.connectors.memory import Memory


@pytest.fixture
def plant(tmp_path):
    return Plant(tmp_path / "plant")


def refused(plant, resource="readings", kind="json", named="plant:plant", **options):
    with pytest.raises(ConnectorError) as caught:
        next(plant.connector(named, **options).discover(dataset(resource, kind), Memory()))
    return caught.value


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("options", "what"),
    [
        ({"resource": "reading"}, "there is no resource 'reading'; there are readings"),
        ({"resource": "xyz"}, "there are days, doubled"),
        ({"named": "no_such_module:plant"}, "ModuleNotFoundError: No module named 'no_such_module'"),
        ({"named": "plant:no_such_name"}, "has no attribute 'no_such_name'"),
        ({"named": "plant:nothing"}, "is not callable"),
        ({"named": "plant:rows"}, "plant:rows is no dlt source or resource but list"),
        ({"arguments": {"colour": 1}}, "colour"),
        ({"named": "plant:ends"}, "it ended the process"),
    ],
    ids=str,
)
def test_what_is_declared_wrongly(options, what, plant):
    error = refused(plant, **options)
    assert error.what.startswith("the dlt source failed: ")
    assert what in error.what
    assert error.place == "source plant, dataset readings"
    assert "nothing of this pull landed" in error.mend


@pytest.mark.heavy
def test_secrets_are_masked_in_what_it_says(plant, monkeypatch):
    monkeypatch.setenv("PLANT_PASSWORD", "s3cr3t-of-the-tests")
    error = refused(plant, named="plant:fails", environment={"PASSWORD": "${PLANT_PASSWORD}"})
    assert error.what == "the dlt source failed: RuntimeError: no: ***"


@pytest.mark.heavy
def test_the_error_of_a_resource_is_the_one_that_it_raised(plant):
    (plant.folder / "odd.txt").write_text("[{'n': 1 / number} for number in (1, 0)]")
    assert refused(plant, "odd").what == "the dlt source failed: ZeroDivisionError: division by zero"


@pytest.mark.heavy
def test_records_among_tables_are_refused(plant):
    (plant.folder / "odd.txt").write_text("[{'n': 1}, pa.table({'n': [1]})]")
    assert "yields both records and tables" in refused(plant, "odd").what


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("resource", "kind", "wanted"), [("tables", "json", "parquet"), ("readings", "csv", "json")]
)
def test_a_format_that_does_not_read_it_is_told(resource, kind, wanted, plant):
    plant.put({"id": 1})
    assert refused(plant, resource, kind).mend == f"declare format: {wanted}"


@pytest.mark.heavy
def test_nothing_stays_behind(plant, tmp_path, monkeypatch):
    folder, home = tmp_path / "temporary", tmp_path / "home"
    folder.mkdir()
    home.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    monkeypatch.setenv("HOME", str(home))
    plant.put({"id": 1})
    plant.pull(Memory())
    refused(plant, named="plant:fails")
    assert list(folder.iterdir()) == list(home.iterdir()) == []


def test_a_pull_that_takes_too_long_is_ended(plant):
    assert "took more than 0.01 s" in refused(plant, timeout_s=0.01).what


def test_without_dlt_it_says_what_to_install(plant, monkeypatch):
    monkeypatch.setattr(dlt_source, "find_spec", lambda _name: None)
    assert refused(plant).mend == "pip install 'lake-assets[dlt]'"


@pytest.mark.parametrize(
    "options",
    [
        {"arguments": {"password": "s3cr3t-of-the-tests"}},
        {"arguments": {"config": {"auth": [{"token": "s3cr3t-of-the-tests"}]}}},
        {"environment": {"SOURCES__API_KEY": "s3cr3t-of-the-tests"}},
    ],
    ids=str,
)
def test_a_secret_that_is_written_out_is_refused_and_not_shown(options, plant):
    with pytest.raises(DeclarationError, match="is a secret") as caught:
        plant.connector(**options)
    assert "s3cr3t" not in str(caught.value)


@pytest.mark.parametrize("named", ["plant", ":plant", "plant:", "a b:c"])
def test_a_source_is_named_by_module_and_name(named, plant):
    with pytest.raises(DeclarationError, match="source"):
        plant.connector(named)
