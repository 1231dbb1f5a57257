"""Nothing of the values of a personal column is in a profile, whether it is declared so or plainly so."""

import json

import pytest

from lake_assets.profiles import PROFILES, as_document, picture_of, record_profiles
from lake_assets.profiles.tabular import table_of
from lake_assets.storage.table import open_table

_ROWS = 300
_SECRET = "Zaphod"


@pytest.fixture
def profile(profiled):
    columns = {
        "rider": [f"{_SECRET} {n % 7}" for n in range(_ROWS)],
        "contact": [f"{_SECRET}{n}@example.org" for n in range(_ROWS)],
        "price": [float(n) for n in range(_ROWS)],
    }
    return profiled(columns, hidden=["rider"])


def test_only_nulls_and_different_values_are_counted(profile):
    rider, contact, price = profile.columns
    assert (rider.is_personal, contact.is_personal, price.is_personal) == (True, True, False)
    assert contact.meaning == "e-mail address"
    assert rider.distinct == pytest.approx(7, abs=1)
    for column in (rider, contact):
        assert (column.minimum, column.maximum, column.histogram, column.shares) == (None, None, None, None)
        assert (column.top, column.patterns, column.quantiles) == ((), (), ())
    assert ("contact",) not in profile.keys


def test_no_value_reaches_the_document_the_picture_the_table_or_the_lake(profile, root, written):
    table = written({"a": [1]})
    record_profiles(root, [(table, profile)])
    kept = open_table(root, PROFILES).scan().collect().write_json()
    shown = (json.dumps(as_document(profile), default=str), picture_of(profile), str(table_of(profile)), kept)
    assert all(_SECRET.lower() not in each.lower() for each in shown)


def test_a_table_of_personal_columns_alone_has_a_profile(profiled):
    found = profiled({"rider": ["Ada", None]}, hidden=["rider"])
    assert (found.rows, found.column("rider").nulls, found.keys) == (2, 1, ())
