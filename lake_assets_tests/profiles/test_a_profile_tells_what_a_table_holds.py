"""Figures of a profile are those of the table, held against Polars' own."""

from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lake_assets.profiles.distribution import (
    as_numbers,
    count_values,
    histogram_of,
    quantiles_of,
    shares_of,
    top_of,
)
from lake_assets.profiles.texts import patterns_of

_START = datetime(2024, 1, 1, tzinfo=UTC)
_ROWS = 1_000
_COLUMNS = {
    "hire_id": list(range(_ROWS)),
    "price": [None if n % 10 == 0 else n / 4 for n in range(_ROWS)],
    "city": ["Leeds" if n % 4 else "York" for n in range(_ROWS)],
    "plate": [f"AB-{n % 100:02}" for n in range(_ROWS)],
    "started": [_START + timedelta(hours=n) for n in range(_ROWS)],
    "day": [date(2024, 1, 1 + n % 31) for n in range(_ROWS)],
    "is_paid": [n % 2 == 0 for n in range(_ROWS)],
    "route": [[n] for n in range(_ROWS)],
    "nothing": pl.Series([None] * _ROWS, dtype=pl.Float64),
    "_file": [1] * _ROWS,
    "_row": list(range(_ROWS)),
}


@pytest.fixture
def profile(profiled):
    return profiled(_COLUMNS)


def test_every_column_but_those_of_provenance_is_profiled(profile):
    assert [each.name for each in profile.columns] == list(_COLUMNS)[:-2]
    assert (profile.rows, profile.sampled) == (_ROWS, _ROWS)


def test_figures_of_numbers(profile):
    price = profile.column("price")
    values = pl.Series(_COLUMNS["price"])
    assert (price.nulls, price.distinct) == (100, 900)
    assert (price.minimum, price.maximum) == ("0.25", "249.75")
    assert price.mean == pytest.approx(values.mean())
    assert price.std == pytest.approx(values.std())
    assert price.quantiles[10] == pytest.approx(values.median(), abs=0.5)
    assert sum(price.histogram.counts) == 900


def test_frequent_values_and_shapes_of_texts(profile):
    assert profile.column("city").top == (("Leeds", 750), ("York", 250))
    assert profile.column("city").patterns == (("Aaaaa", 750), ("Aaaa", 250))
    assert profile.column("plate").patterns == (("AA-99", _ROWS),)
    assert (profile.column("city").minimum, profile.column("city").maximum) == ("Leeds", "York")


def test_times(profile):
    started = profile.column("started")
    assert started.minimum == "2024-01-01T00:00:00+00:00"
    assert started.quantiles[0] == _START.timestamp() * 1e6
    assert started.mean is None
    assert profile.column("day").distinct == 31


def test_booleans_nested_values_and_nothing(profile):
    assert profile.column("is_paid").top == (("false", 500), ("true", 500))
    assert (profile.column("route").nulls, profile.column("route").distinct) == (0, None)
    nothing = profile.column("nothing")
    assert (nothing.nulls, nothing.distinct, nothing.mean, nothing.quantiles) == (_ROWS, 0, None, ())
    assert (nothing.histogram, nothing.top) == (None, ())


def test_candidates_for_a_key(profile):
    assert ("hire_id",) in profile.keys
    assert ("plate",) not in profile.keys


def test_several_columns_may_be_the_key_together(profiled):
    pairs = [(a, b) for a in range(50) for b in range(50)]
    found = profiled(
        {"station_id": [a for a, _ in pairs], "number": [b for _, b in pairs], "one": [1] * 2_500}
    )
    assert found.keys[0] == ("station_id", "number")


def test_a_table_without_rows_has_a_profile(profiled, root):
    full = profiled({"hire_id": [1]})
    assert full.rows == 1
    empty = profiled(pl.DataFrame(schema={"hire_id": pl.Int64, "name": pl.String}))
    assert (empty.rows, empty.keys, [each.nulls for each in empty.columns]) == (0, (), [0, 0])


def test_a_large_table_is_sampled_evenly(profiled):
    rows = 210_000
    found = profiled({"n": range(rows), "group": [n // 2_100 for n in range(rows)]})
    assert (found.rows, found.sampled) == (rows, 52_500)
    assert found.column("n").distinct == pytest.approx(rows, rel=0.05)
    assert found.column("n").quantiles[10] == pytest.approx(rows / 2, rel=0.01)
    assert (found.column("n").minimum, found.column("n").maximum) == ("0", str(rows - 1))
    assert found.keys[0] == ("n",)


_NUMBERS = st.lists(
    st.one_of(
        st.none(), st.floats(allow_nan=True, allow_infinity=True, width=32), st.integers(-5, 5).map(float)
    ),
    max_size=60,
)


@settings(deadline=None)
@given(_NUMBERS)
def test_no_value_is_lost_or_counted_twice(found):
    values = pl.Series("x", found, dtype=pl.Float64)
    numbers = as_numbers(values)
    histogram, shares = histogram_of(numbers), shares_of(values, numbers, count_values(values))
    assert sum(histogram.counts if histogram else ()) == numbers.len()
    assert shares is None or sum(shares.shares) == pytest.approx(1)
    assert sorted(quantiles_of(numbers)) == list(quantiles_of(numbers))


@settings(deadline=None)
@given(st.lists(st.one_of(st.none(), st.text(max_size=8)), max_size=60))
def test_any_text_has_a_shape_and_a_share(found):
    values = pl.Series("x", found, dtype=pl.String)
    shares = shares_of(values, None, count_values(values))
    assert sum(count for _, count in patterns_of(values)) <= values.len() - values.null_count()
    assert shares is None or sum(shares.shares) == pytest.approx(1)
    assert all(count > 0 for _, count in top_of(count_values(values)))


def test_many_shapes_are_told_by_their_runs():
    texts = pl.Series([f"{'A' * n}-{n}" for n in range(2, 20)])
    assert patterns_of(texts)[0] == ("A+-9+", 10)
