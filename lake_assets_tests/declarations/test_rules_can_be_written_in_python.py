"""Functions and pandera models beside a declaration."""

from pathlib import Path

import pytest

from lake_assets.declarations import load_declarations
from lake_assets.errors import LakeError
from lake_assets.model import ColumnType, Severity

YAML = """\
type: lake_assets.Source
attributes:
  name: city
  owner: team:a
  connector: {kind: filesystem}
  datasets:
    bikes: {from: "*.csv", %s}
"""
CODE = """\
import pandera.polars as pa
import polars as pl


def returns_after_hire():
    return pl.col("returned") > pl.col("hired")


def says_no():
    raise RuntimeError("no")


def gives_a_number():
    return 3


class Bikes(pa.DataFrameModel):
    plate: str = pa.Field(str_length=3, description="the plate")
    price: float = pa.Field(ge=0, nullable=True, raise_warning=True)
    kind: str = pa.Field(isin=["city", "cargo"], unique=True)

    @pa.check("plate")
    def is_upper(cls, data):
        '''plates are in capitals'''
        return data.lazyframe.select(pl.col(data.key).str.to_uppercase() == pl.col(data.key))

    @pa.dataframe_check
    def price_of_cargo(cls, data):
        return data.lazyframe.select((pl.col("kind") != "cargo") | (pl.col("price") > 5))

    class Config:
        unique = ["plate", "kind"]


class Sums(pa.DataFrameModel):
    price: float

    @pa.dataframe_check
    def total(cls, data):
        return data.lazyframe.collect()["price"].sum() > 0
"""


@pytest.fixture
def declare(tmp_path: Path):
    def declared(attributes: str):
        folder = tmp_path / "defs" / "city"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "rules.py").write_text(CODE)
        (folder / "defs.yaml").write_text(YAML % attributes)
        (dataset,) = load_declarations([tmp_path / "defs"]).datasets
        return dataset

    return declared


def test_a_function_is_a_rule_over_the_columns_it_names(declare):
    (rule,) = declare("rules: [{function: rules.py:returns_after_hire, severity: warn}]").rules
    assert (rule.rule_id, rule.columns, rule.severity) == (
        "returns_after_hire",
        ("returned", "hired"),
        Severity.WARN,
    )


def test_its_version_changes_with_the_code(declare, monkeypatch):
    before = declare("rules: [function: rules.py:returns_after_hire]").rules[0].version
    monkeypatch.setitem(globals(), "CODE", CODE.replace(">", ">="))
    assert declare("rules: [function: rules.py:returns_after_hire]").rules[0].version != before


def test_a_model_becomes_rules_and_columns(declare):
    dataset = declare("model: rules.py:Bikes, rules: [{not_null: plate, severity: block}]")
    assert {rule.rule_id: (rule.kind, rule.columns, rule.severity.value) for rule in dataset.rules} == {
        "plate_not_null": ("not_null", ("plate",), "block"),
        "plate_str_length": ("check", ("plate",), "quarantine"),
        "plate_is_upper": ("function", ("plate",), "quarantine"),
        "price_greater_than_or_equal_to": ("check", ("price",), "warn"),
        "kind_not_null": ("not_null", ("kind",), "quarantine"),
        "kind_unique": ("unique", ("kind",), "quarantine"),
        "kind_isin": ("check", ("kind",), "quarantine"),
        "plate_kind_unique": ("unique", ("plate", "kind"), "quarantine"),
        "price_of_cargo": ("function", ("kind", "price"), "quarantine"),
    }
    assert [(column.name, column.kind, column.description) for column in dataset.mapping.columns] == [
        ("plate", ColumnType.TEXT, "the plate"),
        ("price", ColumnType.FLOAT, ""),
        ("kind", ColumnType.TEXT, ""),
    ]


@pytest.mark.parametrize(
    ("attributes", "what"),
    [
        ("rules: [function: rule.py:x]", "no file rule.py beside the declaration"),
        ("rules: [function: rules.py:returns_after_hires]", "rules.py has no 'returns_after_hires'"),
        ("rules: [function: rules.py:says_no]", "rules.py:says_no fails: RuntimeError: no"),
        ("rules: [function: rules.py:gives_a_number]", "gives int, not a Polars expression"),
        ("rules: [function: no.such.module:x]", "no.such.module cannot be imported"),
        ("rules: [function: rules.py]", "names no function"),
        ("model: rules.py:returns_after_hire", "is no DataFrameModel"),
        ("model: rules.py:Sums", "asks more of the table than one row"),
    ],
)
def test_what_cannot_be_used_is_told_with_its_place(declare, attributes, what):
    with pytest.raises(LakeError, match=what) as raised:
        declare(attributes)
    assert "defs.yaml" in str(raised.value)
