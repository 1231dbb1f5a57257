"""What others wrote in the standard's words is declared in ours, and the rest is told with its place."""

import pytest
import yaml

from lake_assets.declarations import read_contract
from lake_assets.errors import DeclarationError

_ORDERS = """\
apiVersion: v3.0.2
kind: DataContract
id: 3a7f2c
name: Web Shop
version: 1.4.0
status: draft
domain: sales
description:
  purpose: Orders of the shop.
  usage: Ask first.
team:
  name: Web Shop Team
  members:
    - username: ada
servers:
  - server: production
    type: s3
    location: s3://shop/orders/{model}/*.json
    endpointUrl: https://s3.example.org
    format: json
schema:
  - name: Orders
    description: Every order.
    dataGranularityDescription: one order
    tags: [shop]
    businessName: Bestellungen
    properties:
      - name: order_id
        logicalType: string
        physicalType: UUID
        primaryKey: true
        primaryKeyPosition: 2
        required: true
        unique: true
      - name: shopNo
        logicalType: integer
        primaryKey: true
        primaryKeyPosition: 1
      - name: ordered_at
        logicalType: date
        physicalType: TIMESTAMP_NTZ
      - name: email
        logicalType: string
        classification: PII
        logicalTypeOptions: {minLength: 3, maxLength: 99, format: email}
      - name: amount
        logicalType: number
        logicalTypeOptions: {minimum: 0}
        classification: confidential
        quality:
          - {metric: nullValues, mustBe: 0, severity: warning, description: paid later}
          - {metric: nullValues, mustBeLessThan: 5, unit: percent}
          - type: sql
            query: SELECT COUNT(*) FROM ${table} WHERE ${column} > 100000
            mustBe: 0
            name: not_too_much
      - name: state
        logicalType: string
        unique: true
        enum: [{value: open}, {value: paid, label: has been paid}]
      - name: odd
    quality:
      - {metric: rowCount, mustBeGreaterThan: 0}
      - {metric: duplicateValues, arguments: {properties: [order_id, shop_no]}, mustBe: 0}
      - {type: text, description: Prices are in euro.}
slaProperties:
  - {property: frequency, value: 1, unit: h}
  - {property: latency, value: 4, unit: d, element: orders.ordered_at}
  - {property: retention, value: 3, unit: y}
customProperties:
  - {property: license, value: proprietary}
  - {property: costCenter, value: 4711}
"""


@pytest.fixture
def contract(tmp_path):
    def read(text=_ORDERS):
        path = tmp_path / "orders.odcs.yaml"
        path.write_text(text)
        return read_contract(path)

    return read


def test_the_source(contract):
    attributes = contract().attributes
    assert {name: value for name, value in attributes.items() if name != "datasets"} == {
        "name": "web_shop",
        "description": "Orders of the shop.",
        "licence": "proprietary",
        "owner": "team:Web-Shop-Team",
        "every": "1h",
        "connector": {"kind": "s3", "bucket": "shop", "endpoint_url": "https://s3.example.org"},
    }


def test_the_dataset(contract):
    orders = contract().datasets["orders"]
    assert {name: value for name, value in orders.items() if name not in {"columns", "rules"}} == {
        "from": "orders/orders/*.json",
        "format": "json",
        "description": "Every order.",
        "grain": "one order",
        "tags": [
            "contract.id:3a7f2c",
            "contract.version:1.4.0",
            "contract.status:draft",
            "contract.domain:sales",
            "shop",
        ],
        "key": ["shop_no", "order_id"],
    }
    assert orders["columns"] == {
        "order_id": {"type": "text"},
        "shop_no": {"type": "int", "from": "shopNo"},
        "ordered_at": {"type": "datetime"},
        "email": {"type": "text", "personal": True},
        "amount": {"type": "float"},
        "state": {"type": "text"},
        "odd": {"type": "text"},
    }


def test_the_rules(contract):
    assert contract().datasets["orders"]["rules"] == [
        {"not_null": ["order_id"]},
        {"length": {"column": "email", "min": 3, "max": 99}},
        {"not_null": "amount", "severity": "warn", "reason": "paid later"},
        {"expression": {"sql": "(amount > 100000) IS NOT TRUE"}, "id": "not_too_much"},
        {"in_range": {"column": "amount", "min": 0}},
        {"unique": ["state"]},
        {"in_set": {"column": "state", "values": ["open", "paid"]}},
        {"row_count": {"min": 1, "over": "table"}},
        {"unique": ["order_id", "shop_no"]},
        {"freshness": {"column": "ordered_at", "within": "4d"}},
    ]


def test_the_rest_is_told_with_its_place_in_the_order_of_the_file(contract):
    told = [
        (place.rpartition("orders.odcs.yaml:")[2].partition(":")[0], what)
        for place, what in contract().remarks
    ]
    lines = _ORDERS.splitlines()
    assert [
        (lines[int(line) - 1].strip().removeprefix("- "), what.partition(" ")[0]) for line, what in told
    ] == [
        ("usage: Ask first.", "usage"),
        ("name: Web Shop Team", "the"),
        ("members:", "members"),
        ("businessName: Bestellungen", "businessName"),
        ("physicalType: UUID", "UUID"),
        ("physicalType: TIMESTAMP_NTZ", "TIMESTAMP_NTZ"),
        ("logicalTypeOptions: {minLength: 3, maxLength: 99, format: email}", "format"),
        ("classification: confidential", "classification"),
        ("{metric: nullValues, mustBeLessThan: 5, unit: percent}", "quality"),
        ("enum: [{value: open}, {value: paid, label: has been paid}]", "label"),
        ("name: odd", "no"),
        ("{type: text, description: Prices are in euro.}", "quality"),
        ("{property: retention, value: 3, unit: y}", "slaProperties"),
        ("{property: costCenter, value: 4711}", "customProperties"),
    ]


def test_a_contract_that_names_no_files_says_so(contract):
    document = {
        **yaml.safe_load(_ORDERS),
        "servers": [{"server": "dwh", "type": "snowflake", "account": "x"}],
    }
    found = contract(yaml.safe_dump(document, sort_keys=False))
    assert found.attributes["connector"] == {"kind": "filesystem"}
    assert found.datasets["orders"]["from"] == "inbox/orders/*.csv"
    assert "no server has files that the lake collects: correct connector and from" in [
        what for _, what in found.remarks
    ]
    assert any(what.startswith("servers dwh") or "snowflake" in what for _, what in found.remarks)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("- 1\n", "the file is not one contract"),
        ("kind: Other\n", "kind is 'Other', not DataContract"),
        (
            "kind: DataContract\napiVersion: v2.2.0\n",
            "apiVersion is 'v2.2.0', and only version 3 of the standard is read",
        ),
        ("kind: DataContract\napiVersion: v3.1.0\n", "the contract has no table"),
        ("kind: DataContract\napiVersion: v3.1.0\nversion: [1]\n", "expected text, found a list"),
        ("kind: DataContract\nkind: DataContract\n", "'kind' is declared twice, first in line 1"),
    ],
    ids=["a list", "another kind", "too old", "no table", "a wrong type", "twice"],
)
def test_what_is_no_contract_is_refused_with_its_place(text, what, contract):
    with pytest.raises(DeclarationError) as caught:
        contract(text)
    assert what in caught.value.what
    assert "orders.odcs.yaml" in caught.value.place


def test_a_check_that_says_otherwise_than_its_rule_is_told(contract, source):
    from lake_assets.contracts import contract_text, to_contract

    document = to_contract(source({"rules": [{"not_null": "price"}]}))
    document["schema"][0]["properties"][1]["quality"][0]["mustBe"] = 7
    found = contract(contract_text(document))
    assert found.datasets["hires"]["rules"] == [{"not_null": "price"}]
    assert [what for _, what in found.remarks] == ["mustBe has no place in a declaration and is left out"]
