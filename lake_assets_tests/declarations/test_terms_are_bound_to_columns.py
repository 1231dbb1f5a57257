"""Terms are declared once and bound to columns that are there; what is wrong is told with line and column."""

import pytest

from lake_assets.errors import DeclarationError
from lake_assets_tests.flow.a_lake import ALake

VOCABULARY = """\
type: lake_assets.Vocabulary
attributes:
  owner: team:sales
  terms:
    price paid:
      definition: What the rider paid.
      synonyms: [fare]
      binds: [trusted.bikes.price, exploitation.paid.price]
    hire: {definition: One ride., owner: "team:bikes", binds: trusted.bikes.id}
"""


@pytest.fixture
def a_lake(tmp_path):
    lake = ALake(tmp_path)
    lake.declare("bikes: {from: '*.csv', key: [id], columns: {id: int, price: float}}")
    lake.declare_table("paid", "/*\ncolumns: {price: what was paid}\n*/\nSELECT price FROM trusted.bikes")
    lake.write("defs/words/defs.yaml", VOCABULARY)
    return lake


def _refused(a_lake, old, new):
    a_lake.write("defs/words/defs.yaml", VOCABULARY.replace(old, new))
    with pytest.raises(DeclarationError) as told:
        _ = a_lake.lake.declarations
    return str(told.value)


def test_terms_have_their_columns_and_owners(a_lake):
    price, hire = a_lake.lake.declarations.terms
    assert (price.name, price.synonyms, price.owner) == ("price paid", ("fare",), "team:sales")
    assert [str(each) for each in price.binds] == ["trusted.bikes.price", "exploitation.paid.price"]
    assert (hire.owner, hire.place.line) == ("team:bikes", 9)


@pytest.mark.parametrize(
    ("old", "new", "said", "place"),
    [
        ("trusted.bikes.price,", "trusted.bikes.prise,", "did you mean price", "defs.yaml:8:15"),
        ("exploitation.paid", "exploitation.payed", "did you mean exploitation.paid", "defs.yaml:8:36"),
        ("trusted.bikes.id", "trusted.bikes", "write it as zone.table.column", "defs.yaml:9:"),
        ("trusted.bikes.id", "trustd.bikes.id", "did you mean trusted", "defs.yaml:9:"),
        ("synonyms", "synonims", "did you mean synonyms", "defs.yaml:7:7"),
        ("fare", "hire", "are both called", "defs.yaml:5:"),
        (
            "definition: What the rider paid.",
            "owner: team:x",
            "the attribute 'definition' is missing",
            "defs.yaml:5:",
        ),
        ("team:sales", "sales", "write team:name", "defs.yaml:3:"),
    ],
)
def test_what_is_wrong_is_told_where_it_stands(a_lake, old, new, said, place):
    told = _refused(a_lake, old, new)
    assert said in told
    assert place in told


def test_a_term_may_stand_in_one_vocabulary_only(a_lake):
    a_lake.write("defs/more/defs.yaml", VOCABULARY)
    with pytest.raises(DeclarationError, match="is declared already"):
        _ = a_lake.lake.declarations


def test_columns_of_a_table_that_declares_none_may_be_any(a_lake):
    a_lake.declare("bikes: {from: '*.csv', key: [id]}")
    assert len(a_lake.lake.declarations.terms) == 2
