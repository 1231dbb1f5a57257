from __future__ import annotations

import pytest

from lake_assets.model import Column, ColumnType


def mapping(source, declared):
    (made,) = source(dataset=f"from: a.csv\n{declared}").load().sources
    return made.datasets[0].mapping


@pytest.mark.parametrize(
    ("declared", "kind", "layout"),
    [
        ("{type: float, layout: '1.234,5'}", ColumnType.FLOAT, "1.234,5"),
        ("{type: int, layout: 1 234}", ColumnType.INT, "1 234"),
        ("{type: bool, layout: ja|j/nein|n}", ColumnType.BOOL, "ja|j/nein|n"),
        ("{type: date, layout: ['%d.%m.%Y', ISO]}", ColumnType.DATE, "%d.%m.%Y|ISO"),
    ],
)
def test_a_column_says_how_its_values_are_written(source, declared, kind, layout):
    assert mapping(source, f"columns: {{a: {declared}}}").columns == (Column("a", "a", kind, layout),)


def test_a_dataset_says_it_for_all_columns_that_do_not(source):
    declared = (
        "layouts: {number: '1.234,5', bool: ja/nein, date: ['%d.%m.%Y', ISO], datetime: '%d.%m.%Y %H:%M'}\n"
        "columns: {a: int, b: float, c: bool, d: date, e: datetime, f: text, g: {type: date, layout: ISO}}"
    )
    made = mapping(source, declared)
    assert [column.layout for column in made.columns] == [
        "1.234,5",
        "1.234,5",
        "ja/nein",
        "%d.%m.%Y|ISO",
        "%d.%m.%Y %H:%M",
        "",
        "ISO",
    ]
    assert dict(made.layouts)[ColumnType.INT] == "1.234,5"


@pytest.mark.parametrize(
    ("declared", "what"),
    [
        ("columns: {a: {type: float, layout: '1.234.5'}}", "1234.5"),
        ("columns: {a: {type: bool, layout: ja}}", "ja|j/nein|n"),
        ("columns: {a: {type: bool, layout: a/b/c}}", "words for false"),
        ("columns: {a: {type: bool, layout: a/A}}", "words for false"),
        ("columns: {a: {type: date, layout: d.m.Y}}", "%d/%m/%Y"),
        ("columns: {a: {type: text, layout: x}}", "no layout"),
        ("layouts: {number: x}", "1234.5"),
    ],
)
def test_a_layout_that_cannot_be_is_told(source, declared, what):
    assert what in source(dataset=f"from: a.csv\n{declared}").fault().what
