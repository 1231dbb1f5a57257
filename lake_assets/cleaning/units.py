"""Units of measurement, and how a value in one becomes a value in another."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

__all__ = ["Unit", "conversion", "unit_names", "unit_of"]


@dataclass(frozen=True)
class Unit:
    """A unit.

    Args:
        measures: What it is a unit of; only units of one thing can be converted.
        factor: How many of the base unit of that thing it is, exactly.
        zero: Where its zero lies, in the base unit.
    """

    measures: str
    factor: Fraction
    zero: Fraction = Fraction(0)


def _many(measures: str, **factors: str) -> dict[str, Unit]:
    return {name: Unit(measures, Fraction(factor)) for name, factor in factors.items()}


_UNITS = {
    **_many("length", m="1", mm="0.001", cm="0.01", dm="0.1", km="1000", um="0.000001"),
    **_many("length", ft="0.3048", yd="0.9144", mi="1609.344", nmi="1852"),
    "in": Unit("length", Fraction("0.0254")),
    **_many("mass", kg="1", g="0.001", mg="0.000001", t="1000", lb="0.45359237"),
    **_many("mass", oz="0.028349523125", st="6.35029318"),
    "K": Unit("temperature", Fraction(1)),
    "C": Unit("temperature", Fraction(1), Fraction("273.15")),
    "F": Unit("temperature", Fraction(5, 9), Fraction("459.67") * Fraction(5, 9)),
    **_many("time", s="1", ms="0.001", us="0.000001", min="60", h="3600", d="86400"),
    "m/s": Unit("speed", Fraction(1)),
    "km/h": Unit("speed", Fraction(5, 18)),
    "mph": Unit("speed", Fraction("0.44704")),
    "kn": Unit("speed", Fraction(1852, 3600)),
    "ft/s": Unit("speed", Fraction("0.3048")),
    **_many("area", m2="1", cm2="0.0001", km2="1000000", ha="10000", acre="4046.8564224"),
    **_many("area", ft2="0.09290304", mi2="2589988.110336"),
    **_many("volume", m3="1", l="0.001", ml="0.000001", cl="0.00001", ft3="0.028316846592"),
    **_many("volume", gal="0.003785411784", gal_uk="0.00454609"),
    **_many("pressure", Pa="1", hPa="100", kPa="1000", bar="100000", mbar="100", atm="101325"),
    **_many("pressure", inHg="3386.389", mmHg="133.322387415"),
    "psi": Unit("pressure", Fraction("6894.757293168361")),
    **_many("energy", J="1", kJ="1000", MJ="1000000", Wh="3600", kWh="3600000", kcal="4184"),
    **_many("power", W="1", kW="1000", MW="1000000", hp="745.69987158227022"),
    **_many("share", ratio="1", percent="0.01", permille="0.001", ppm="0.000001"),
    **_many("data", B="1", kB="1000", MB="1000000", GB="1000000000", KiB="1024", MiB="1048576"),
}
"""By symbol. Sources: the international yard and pound (1959), the SI brochure, NIST SP 811."""

_ALSO = {
    "metre": "m",
    "meter": "m",
    "kilometre": "km",
    "kilometer": "km",
    "mile": "mi",
    "foot": "ft",
    "feet": "ft",
    "inch": "in",
    "inches": "in",
    "yard": "yd",
    "nautical mile": "nmi",
    "kilogram": "kg",
    "gram": "g",
    "tonne": "t",
    "pound": "lb",
    "ounce": "oz",
    "kelvin": "K",
    "celsius": "C",
    "°C": "C",
    "degrees celsius": "C",
    "fahrenheit": "F",
    "°F": "F",
    "degrees fahrenheit": "F",
    "second": "s",
    "minute": "min",
    "hour": "h",
    "day": "d",
    "knot": "kn",
    "miles per hour": "mph",
    "kilometres per hour": "km/h",
    "kmh": "km/h",
    "hectare": "ha",
    "litre": "l",
    "liter": "l",
    "L": "l",
    "gallon": "gal",
    "millibar": "mbar",
    "hectopascal": "hPa",
    "%": "percent",
}
"""Other names of units."""


def unit_names() -> list[str]:
    """The symbols that are known."""
    return sorted(_UNITS)


def unit_of(name: str) -> Unit | None:
    """A unit by its symbol, or by its name in the singular or plural; None when it is not known.

    >>> unit_of("miles") == unit_of("mi")
    True
    """
    symbol = name if name in _UNITS else _ALSO.get(name) or _ALSO.get(name.lower().removesuffix("s"))
    return _UNITS.get(symbol or _ALSO.get(name.lower(), ""))


def conversion(old: Unit, new: Unit) -> tuple[float, float]:
    """Factor and offset by which a value in one unit becomes a value in another, each rounded once.

    >>> factor, offset = conversion(unit_of("F"), unit_of("C"))
    >>> round(212 * factor + offset, 9)
    100.0
    """
    return float(old.factor / new.factor), float((old.zero - new.zero) / new.factor)
