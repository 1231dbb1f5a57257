import pytest

from lake_assets.model import Column, ColumnType, DriftPolicy, Mapping


def mapping(source, declared):
    (made,) = source(dataset=f"from: a.csv\n{declared}").load().sources
    return made.datasets[0].mapping


def test_without_columns_all_is_inferred(source):
    assert mapping(source, "") == Mapping()


@pytest.mark.parametrize("kind", list(ColumnType))
def test_a_type_may_stand_alone(source, kind):
    assert mapping(source, f"columns: {{a: {kind}}}").columns == (Column("a", "a", kind),)


def test_a_column_has_all_that_is_declared_of_it(source):
    declared = (
        "columns: {hired_on: {type: date, from: 'Hired On', layout: '%d/%m/%Y', unit: day, personal: true}}"
    )
    expected = Column("hired_on", "Hired On", ColumnType.DATE, "%d/%m/%Y", "day", is_personal=True)
    assert mapping(source, declared).columns == (expected,)


def test_columns_keep_the_order_of_the_file(source):
    assert [column.name for column in mapping(source, "columns: {b: int, a: int, c: int}").columns] == [
        "b",
        "a",
        "c",
    ]


def test_null_tokens_and_drift_are_part_of_it(source):
    made = mapping(source, "null_tokens: ['NA', '-']\ndrift: freeze")
    assert (made.null_tokens, made.drift) == (("NA", "-"), DriftPolicy.FREEZE)


def test_one_word_needs_no_brackets(source):
    assert mapping(source, "null_tokens: NA").null_tokens == ("NA",)


def test_a_key_need_not_be_among_the_declared_columns(source):
    assert mapping(source, "key: id\ncolumns: {a: int}").columns == (Column("a", "a", ColumnType.INT),)
