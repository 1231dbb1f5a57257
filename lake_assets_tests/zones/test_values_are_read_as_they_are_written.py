"""Numbers, truth, days and instants in the ways of the world: as declared, or as a sample shows beyond doubt."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lake_assets.model import ColumnType
from lake_assets.zones.inference import infer_column
from lake_assets_tests.zones.casting import cast

INT, FLOAT, BOOL, TEXT = ColumnType.INT, ColumnType.FLOAT, ColumnType.BOOL, ColumnType.TEXT
DATE, DATETIME = ColumnType.DATE, ColumnType.DATETIME


@pytest.mark.parametrize(
    ("kind", "layout", "cell", "made"),
    [
        (FLOAT, "1.234,5", "-1.234.567,25", -1234567.25),
        (FLOAT, "1.234,5", "1234,5", 1234.5),
        (FLOAT, "1234,5", "0,5", 0.5),
        (FLOAT, "1,234.5", "1,234", 1234.0),
        (FLOAT, "1'234.5", "1'234.5", 1234.5),
        (FLOAT, "1 234,5", "1\u00a0234,5", 1234.5),
        (FLOAT, "1 234,5", "1\u202f234", 1234.0),
        (INT, "1.234", "12.345", 12345),
        (INT, "1_234", "1_234", 1234),
        (BOOL, "ja|j/nein|n", "Ja", True),
        (BOOL, "ja|j/nein|n", "N", False),
        (DATE, "%d.%m.%Y|%Y-%m-%d", "2013-01-31", "2013-01-31"),
        (DATE, "%d.%m.%Y|ISO", "31.01.2013", "2013-01-31"),
        (DATE, "%d %b %Y", "31 Jan 2013", "2013-01-31"),
        (DATETIME, "%d.%m.%Y %H:%M|ISO", "31.01.2013 05:00", "2013-01-31 05:00:00+00:00"),
        (DATETIME, "%d.%m.%Y %H:%M|ISO", "2013-01-31T05:00Z", "2013-01-31 05:00:00+00:00"),
    ],
)
def test_a_declared_layout_is_read(kind, layout, cell, made):
    ((found, kept),) = cast(kind, pl.Series([cell]), layout)
    assert kept is None
    assert found == made or str(found) == made


@pytest.mark.parametrize(
    ("kind", "layout", "cell"),
    [
        (FLOAT, "1.234,5", "1.5"),
        (FLOAT, "1.234,5", "12.34.567"),
        (FLOAT, "1,234.5", "1,23"),
        (FLOAT, "1234,5", "1.5"),
        (INT, "1.234", "1.234,5"),
        (BOOL, "ja/nein", "yes"),
        (DATE, "%d.%m.%Y|ISO", "01/31/2013"),
    ],
)
def test_what_is_not_written_so_is_kept_as_it_is(kind, layout, cell):
    ((found, kept),) = cast(kind, pl.Series([cell]), layout)
    assert found is None
    assert cell in str(kept)


@given(st.floats(-1e12, 1e12), st.sampled_from(["1.234,5", "1234,5", "1 234,5"]))
def test_a_number_means_the_same_in_every_layout(number, layout):
    thousands = {"1.234,5": ".", "1 234,5": " "}.get(layout, "")
    written = f"{number:,.4f}".replace(",", "_").replace(".", ",").replace("_", thousands)
    assert cast(FLOAT, pl.Series([written]), layout) == [(float(f"{number:.4f}"), None)]


@pytest.mark.parametrize(
    ("cells", "kind", "layout"),
    [
        (["1.234,50", "7,00"], FLOAT, "1.234,5"),
        (["0,5", "12,25"], FLOAT, "1234,5"),
        (["1,234.50", "7.00"], FLOAT, "1,234.5"),
        (["1 234,5", "7"], FLOAT, "1 234,5"),
        (["1'234.5", "7"], FLOAT, "1'234.5"),
        (["1,234,567", "1,234"], INT, "1,234.5"),
        (["1.234.567", "12.345.678"], INT, "1.234,5"),
        (["1,234", "5,678"], TEXT, ""),
        (["555 123 456", "555 123 457"], TEXT, ""),
        (["01,5", "1,5"], TEXT, ""),
        (["1,5", "1.5"], TEXT, ""),
        (["yes", "No"], BOOL, ""),
        (["no", "no"], TEXT, ""),
        (["2013-01-31", "31.01.2013"], DATE, "%Y-%m-%d|%d.%m.%Y"),
        (["31-01-2013"], DATE, "%d-%m-%Y"),
        (["31 Jan 2013"], DATE, "%d %b %Y"),
        (["31/01/2013", "01/31/2013"], TEXT, ""),
        (["31/01/2013", "2013-02-01", "02/03/2013"], DATE, "%Y-%m-%d|%d/%m/%Y"),
        (["31/01/2013 05:00", "01/02/2013 06:00"], DATETIME, "%d/%m/%Y %H:%M"),
        (["31.01.2013 05:00", "01.02.2013 06:00:30"], DATETIME, "%d.%m.%Y %H:%M:%S|%d.%m.%Y %H:%M"),
        (["01/02/2013 06:00"], TEXT, ""),
    ],
)
def test_a_sample_shows_the_layout_or_the_column_stays_text(cells, kind, layout):
    column = infer_column("x", pl.Series(cells), set())
    assert (column.kind, column.layout) == (kind, layout)
    assert all(kept is None for _, kept in cast(column.kind, pl.Series(cells), column.layout))


@pytest.mark.parametrize(
    ("layouts", "cells", "kind", "layout"),
    [
        ([(INT, "1.234,5"), (FLOAT, "1.234,5")], ["1.234", "5.678"], INT, "1.234,5"),
        ([(INT, "1.234,5"), (FLOAT, "1.234,5")], ["1,234", "5.678"], FLOAT, "1.234,5"),
        ([(INT, "1.234,5"), (FLOAT, "1.234,5")], ["1", "2"], INT, ""),
        ([(INT, "1.234,5"), (FLOAT, "1.234,5")], ["007", "1,5"], TEXT, ""),
        ([(DATE, "%d/%m/%Y")], ["01/02/2013"], DATE, "%d/%m/%Y"),
        ([(BOOL, "ja/nein")], ["ja", "ja"], BOOL, "ja/nein"),
        ([(BOOL, "ja/nein")], ["Bonn"], TEXT, ""),
    ],
)
def test_what_a_dataset_declares_is_tried_first(layouts, cells, kind, layout):
    column = infer_column("x", pl.Series(cells), set(), layouts)
    assert (column.kind, column.layout) == (kind, layout)
