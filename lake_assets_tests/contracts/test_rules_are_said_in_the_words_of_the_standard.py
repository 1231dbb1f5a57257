"""A rule is a metric of the standard's library where it has one, else a query, else left to us."""

import pytest

from lake_assets.contracts import to_contract

_WHERE = "SELECT COUNT(*) FROM ${table} WHERE "


def _checks(document):
    (table,) = document["schema"]
    return [
        *[check for each in table["properties"] for check in each.get("quality", ())],
        *table.get("quality", ()),
    ]


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ({"not_null": "price"}, {"metric": "nullValues", "mustBe": 0}),
        ({"unique": "price"}, {"metric": "duplicateValues", "mustBe": 0}),
        (
            {"unique": ["hire_id", "price"]},
            {"metric": "duplicateValues", "arguments": {"properties": ["hire_id", "price"]}, "mustBe": 0},
        ),
        ({"in_set": {"price": [1, 2]}}, {"metric": "invalidValues", "arguments": {"validValues": [1, 2]}}),
        ({"matches": {"price": "^N"}}, {"metric": "invalidValues", "arguments": {"pattern": "^N"}}),
        ({"matches": {"price": "a|b"}}, {"metric": "invalidValues", "arguments": {"pattern": "^(?:a|b)"}}),
        ({"in_range": {"price": [0, 5]}}, {"query": f'{_WHERE}"price" < 0 OR "price" > 5', "mustBe": 0}),
        ({"in_range": {"price": [None, "it's"]}}, {"query": f"""{_WHERE}"price" > 'it''s'"""}),
        ({"length": {"price": 3}}, {"query": f'{_WHERE}LENGTH("price") < 3 OR LENGTH("price") > 3'}),
        ({"not_null": ["hire_id", "price"]}, {"query": f'{_WHERE}"hire_id" IS NULL OR "price" IS NULL'}),
        ({"expression": "price > 1"}, {"query": f"{_WHERE}NOT (price > 1)"}),
        ({"row_count": {"min": 1, "over": "table"}}, {"metric": "rowCount", "mustBeGreaterOrEqualTo": 1}),
        ({"row_count": {"max": 9, "over": "table"}}, {"metric": "rowCount", "mustBeLessOrEqualTo": 9}),
        ({"row_count": {"min": 3, "max": 3, "over": "table"}}, {"metric": "rowCount", "mustBe": 3}),
        ({"row_count": {"min": 1}}, {"type": "custom", "engine": "lake-assets"}),
        (
            {"mean": {"column": "price", "min": 1, "max": 2, "over": "table"}},
            {"query": 'SELECT AVG("price") FROM ${table}', "mustBeBetween": [1, 2]},
        ),
        ({"check": {"column": "price", "name": "gt", "min_value": 1}}, {"type": "custom"}),
        (
            {"determines": {"hire_id": "price"}},
            {
                "query": 'SELECT COUNT(*) FROM (SELECT "hire_id" FROM ${table} GROUP BY "hire_id"'
                ' HAVING COUNT(DISTINCT "price") > 1) AS several'
            },
        ),
    ],
    ids=str,
)
def test_a_rule_is_said(rule, said, source):
    (check,) = _checks(to_contract(source({"rules": [rule]})))
    assert {name: check.get(name) for name in said} == said


def test_a_check_tells_its_rule_its_reason_and_how_grave_a_breach_is(source):
    rule = {"not_null": "price", "severity": "warn", "reason": "nobody rides for nothing"}
    (check,) = _checks(to_contract(source({"rules": [rule]})))
    assert check["id"] == "price_not_null"
    assert check["description"] == "nobody rides for nothing"
    assert (check["severity"], check["dimension"]) == ("warning", "completeness")
    assert check["customProperties"] == [{"property": "lakeAssets", "value": rule}]


def test_what_must_not_be_null_is_required_unless_it_only_warns(source):
    rules = [{"not_null": "hire_id"}, {"not_null": "price", "severity": "warn"}]
    (table,) = to_contract(source({"rules": rules}))["schema"]
    assert [each.get("required") for each in table["properties"]] == [True, None]


def test_freshness_is_a_service_level(source):
    columns = {"hired_at": "datetime"}
    document = to_contract(
        source({"columns": columns, "rules": [{"freshness": {"hired_at": "2d"}}]}, every="90s")
    )
    often, fresh = document["slaProperties"]
    assert often == {"property": "frequency", "value": "PT90S"}
    assert {name: fresh[name] for name in ("property", "value", "unit", "element")} == {
        "property": "freshness",
        "value": 2,
        "unit": "d",
        "element": "hires.hired_at",
    }


def test_a_reference_is_a_foreign_key(source):
    rules = [
        {"references": {"hire_id": "trusted.contracts.number"}},
        {"references": {"columns": ["hire_id", "price"], "table": "trusted.offers", "to": ["hire", "price"]}},
    ]
    (table,) = to_contract(source({"rules": rules}))["schema"]
    assert table["properties"][0]["relationships"] == [{"type": "foreignKey", "to": "contracts.number"}]
    assert table["relationships"] == [
        {
            "type": "foreignKey",
            "from": ["hires.hire_id", "hires.price"],
            "to": ["offers.hire", "offers.price"],
        }
    ]
