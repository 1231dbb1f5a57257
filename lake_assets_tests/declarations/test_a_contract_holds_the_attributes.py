"""`contract: path` on a dataset: the contract holds what is not declared, and must not be contradicted."""

import pytest

from lake_assets.contracts import contract_text, to_contract
from lake_assets.declarations import written_source
from lake_assets.model import ColumnType, WriteMode

_HIRES = {
    "from": "elsewhere/*.json",
    "format": "json",
    "description": "Hires of bikes.",
    "grain": "one hire",
    "key": ["hire_id"],
    "tags": ["mobility"],
    "licence": "CC0-1.0",
    "null_tokens": ["NA"],
    "columns": {
        "hire_id": "int",
        "price": {"type": "float", "unit": "euro", "description": "what was paid"},
        "day": "date",
    },
    "rules": [{"in_range": {"price": [0, 500]}}, {"not_null": "hire_id", "severity": "block"}],
}


@pytest.fixture
def contracted(folder, source):
    """Writes a contract, and a source whose dataset is under it with some more lines."""

    def write(more="", tables=None):
        bikes = {"name": "city", "owner": "team:mobility", "connector": "filesystem"}
        document = to_contract({**bikes, "datasets": {"hires": _HIRES}})
        if tables:
            document["schema"] = [{**document["schema"][0], "name": name} for name in tables]
        folder.write("bikes/hires.odcs.yaml", contract_text(document))
        return source(dataset=f"from: inbox/*.csv\ncontract: hires.odcs.yaml\n{more}")

    return write


def test_the_contract_holds_what_is_not_declared(contracted):
    (hires,) = contracted().load().datasets
    assert (hires.origin, hires.format) == ("inbox/*.csv", "csv")
    assert (hires.key, hires.write_mode) == (("hire_id",), WriteMode.UPSERT)
    assert (hires.description, hires.grain, hires.owner) == ("Hires of bikes.", "one hire", "team:mobility")
    assert hires.tags == ("mobility", "licence:CC0-1.0")
    assert hires.mapping.null_tokens == ("NA",)
    assert {column.name: column.kind.value for column in hires.mapping.columns} == {
        "hire_id": "int",
        "price": "float",
        "day": "date",
    }
    assert {rule.rule_id: rule.owner for rule in hires.rules} == {
        "price_in_range": "team:mobility",
        "hire_id_not_null": "team:mobility",
    }


def test_what_is_declared_wins_column_by_column(contracted):
    more = """\
description: Ours.
owner: team:bikes
columns:
  price: {type: float, unit: cent}
  day: {type: date, layout: "%d.%m.%Y"}
  note: text
rules:
  - length: {note: [1, 9]}
  - {not_null: hire_id, severity: block}"""
    (hires,) = contracted(more).load().datasets
    price, day, note = hires.mapping.columns[1:]
    assert (hires.description, hires.owner) == ("Ours.", "team:bikes")
    assert (price.unit, price.description) == ("cent", "what was paid")
    assert (day.kind, day.layout, note.name) == (ColumnType.DATE, "%d.%m.%Y", "note")
    assert [rule.rule_id for rule in hires.rules] == ["hire_id_not_null", "price_in_range", "note_length"]


@pytest.mark.parametrize(
    ("more", "what"),
    [
        ("key: day", "the key is day here and hire_id in the contract"),
        ("columns: {price: int}", "the column 'price' is int here and float in the contract"),
        ("rules: [{in_range: {price: [0, 9]}}]", "the rule 'price_in_range' is another one in the contract"),
    ],
    ids=["key", "type", "rule"],
)
def test_what_contradicts_it_is_refused(more, what, contracted):
    fault = contracted(more).fault()
    assert fault.what == what
    assert fault.at == "bikes/defs.yaml:5, dataset hires"
    assert fault.mend.startswith("say it in one place")


def test_of_several_tables_the_one_of_the_same_name_is_meant(contracted):
    assert contracted(tables=["stations", "hires"]).load().dataset("hires").key == ("hire_id",)


def test_a_table_that_is_not_in_the_contract_is_told(contracted):
    fault = contracted(tables=["stations", "hire"]).fault()
    assert fault.what == "the contract bikes/hires.odcs.yaml has no table 'hires'"
    assert fault.mend.startswith("did you mean hire?")


def test_the_only_table_may_have_another_name(contracted):
    assert contracted(tables=["anything"]).load().dataset("hires").grain == "one hire"


def test_a_contract_that_is_not_there_is_told(source):
    fault = source(dataset="from: '*.csv'\ncontract: nowhere.yaml").fault()
    assert (fault.what, fault.at) == ("cannot be read: No such file or directory", "bikes/nowhere.yaml")


def test_what_is_exported_again_has_both(contracted):
    folder = contracted("columns: {note: text, price: {type: float, unit: cent}}\nrules: [{not_null: note}]")
    written = written_source(folder.load().dataset("hires"))["datasets"]["hires"]
    assert list(written["columns"]) == ["hire_id", "price", "day", "note"]
    assert written["columns"]["price"] == {"type": "float", "unit": "cent", "description": "what was paid"}
    assert len(written["rules"]) == 3
    assert (written["from"], written["grain"]) == ("inbox/*.csv", "one hire")
    assert "contract" not in written
