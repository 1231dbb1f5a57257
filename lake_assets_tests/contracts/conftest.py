"""Declarations to make contracts of, and the standard to hold them against."""

import json
from importlib.resources import files

import pytest
from jsonschema import Draft201909Validator

from lake_assets.contracts import from_contract, to_contract
from lake_assets.declarations.contract_file import nearest_name


@pytest.fixture
def source():
    """The attributes of a source with one dataset, `hires`."""

    def attributes(dataset=None, **more):
        columns = {
            "hire_id": "int",
            "price": {"type": "float", "unit": "euro", "description": "what was paid"},
        }
        hires = {"from": "inbox/*.csv", "columns": columns, **(dataset or {})}
        return {"name": "bikes", "connector": "filesystem", **more, "datasets": {"hires": hires}}

    return attributes


@pytest.fixture
def there_and_back():
    """The contract of a declaration, and that of what is declared by it."""

    def exported(attributes, stored=None):
        first = to_contract(attributes, stored)
        found = from_contract(first, nearest_name)
        return first, to_contract(found.attributes, stored), found

    return exported


@pytest.fixture(scope="session")
def faults():
    """What the standard's own schema finds wrong with a contract."""
    schema = json.loads((files("open_data_contract_standard") / "schema.json").read_text())
    validator = Draft201909Validator(schema)

    def found(document):
        return [f"{list(error.absolute_path)}: {error.message}" for error in validator.iter_errors(document)]

    return found
