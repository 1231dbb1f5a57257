import polars as pl
import pytest

from lake_assets.cleaning.units import conversion, unit_names, unit_of
from lake_assets.errors import DeclarationError, SchemaError


@pytest.mark.parametrize(
    ("old", "new", "value", "expected"),
    [
        ("mi", "km", 100, 160.9344),
        ("miles", "kilometres", 1, 1.609344),
        ("F", "C", 212, 100.0),
        ("C", "K", 0, 273.15),
        ("lb", "kg", 2, 0.90718474),
        ("kn", "km/h", 10, 18.52),
        ("min", "h", 90, 1.5),
        ("inHg", "hPa", 29.92, 1013.2075888),
        ("feet", "m", 10, 3.048),
        ("%", "ratio", 50, 0.5),
    ],
)
def test_values_stand_in_another_unit(cells, old, new, value, expected):
    assert cells([value, None], {"unit": {"a": {"from": old, "to": new}}}) == [pytest.approx(expected), None]


@pytest.mark.parametrize("name", unit_names())
def test_there_and_back_is_the_same(name):
    unit = unit_of(name)
    assert conversion(unit, unit) == (1.0, 0.0)


def test_units_of_different_things_are_refused(cells):
    with pytest.raises(DeclarationError, match="mi measures length, kg mass"):
        cells([1], {"unit": {"a": {"from": "mi", "to": "kg"}}})


def test_an_unknown_unit_names_the_near_ones(cells):
    with pytest.raises(DeclarationError, match="no unit is named 'km2h'") as caught:
        cells([1], {"unit": {"a": {"from": "km2h", "to": "m"}}})
    assert "km/h" in caught.value.mend


@pytest.mark.parametrize("said", [None, "km"])
def test_both_units_must_be_said(cells, said):
    with pytest.raises(DeclarationError):
        cells([1], {"unit": {"a": said}})


def test_text_is_refused(clean):
    with pytest.raises(SchemaError, match="not a number"):
        clean(pl.DataFrame({"a": ["1"]}), {"unit": {"a": {"from": "mi", "to": "km"}}})
