"""Types, key, meaning, units, persons, owner, licence, terms of service and place are in a contract."""

import polars as pl
import pytest

from lake_assets.contracts import contract_text, to_contract


@pytest.fixture
def document(source):
    dataset = {
        "description": "Hires of bikes.",
        "grain": "one hire",
        "key": ["hire_id"],
        "tags": ["mobility", "contract.version:2.1.0", "contract.domain:transport"],
        "columns": {
            "price": {"type": "float", "unit": "euro", "description": "what was paid"},
            "hire_id": "int",
            "rider": {"type": "text", "personal": True, "from": "Rider"},
            "route": "nested",
        },
    }
    stored = {"route": pl.List(pl.Struct({"at": pl.Datetime("us", "UTC"), "lat": pl.Float64()}))}
    server = {"type": "local", "path": "/lake/trusted/hires", "format": "delta"}
    told = {
        "description": "Bikes of the city.",
        "licence": "CC0-1.0",
        "owner": "team:mobility",
        "every": "15m",
    }
    return to_contract(source(dataset, **told), stored, server)


def test_the_head(document, faults):
    assert faults(document) == []
    assert {
        name: document[name] for name in ("kind", "id", "name", "version", "status", "domain", "tags")
    } == {
        "kind": "DataContract",
        "id": "bikes.hires",
        "name": "hires",
        "version": "2.1.0",
        "status": "active",
        "domain": "transport",
        "tags": ["mobility"],
    }
    assert document["description"] == {"purpose": "Bikes of the city."}
    assert document["team"] == {"name": "mobility"}
    assert document["slaProperties"] == [{"property": "frequency", "value": 15, "unit": "m"}]
    assert document["customProperties"][0] == {"property": "licence", "value": "CC0-1.0"}
    assert document["servers"] == [
        {"server": "lake", "type": "local", "path": "/lake/trusted/hires", "format": "delta"}
    ]


def test_the_table(document):
    (table,) = document["schema"]
    assert table["description"] == "Hires of bikes."
    assert table["dataGranularityDescription"] == "one hire"
    assert table["customProperties"] == [{"property": "lakeAssets", "value": {"from": "inbox/*.csv"}}]


def test_the_columns(document):
    price, hire_id, rider, route = document["schema"][0]["properties"]
    assert price == {
        "name": "price",
        "logicalType": "number",
        "physicalType": "DOUBLE",
        "description": "what was paid",
        "customProperties": [{"property": "unit", "value": "euro"}],
    }
    assert (hire_id["primaryKey"], hire_id["primaryKeyPosition"]) == (True, 1)
    assert rider["classification"] == "personal"
    assert rider["customProperties"] == [{"property": "lakeAssets", "value": {"from": "Rider"}}]
    assert (route["logicalType"], route["physicalType"]) == (
        "array",
        "ARRAY<STRUCT<at: TIMESTAMP, lat: DOUBLE>>",
    )


def test_the_text_is_yaml_without_anchors(document):
    assert "&id" not in contract_text(document)
    assert contract_text(document).startswith("apiVersion: v3.1.0\nkind: DataContract\n")
