"""Semantic types: what kind of thing the values of a column are."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lake_assets.inference.checks import (
    is_bank_account,
    is_book_number,
    is_card_number,
    is_coordinates,
    is_country,
    is_email,
    is_ip_address,
    is_latitude,
    is_longitude,
    is_phone,
    is_phone_like,
    is_postal_code,
    is_text,
    is_url,
    is_uuid,
    is_vat_number,
)

__all__ = ["PERSON_NAME", "Meaning", "meaning_of"]

_FEW = 5
_MANY = 20


@dataclass(frozen=True)
class Meaning:
    """A kind of thing.

    Args:
        name: What it is called.
        is_personal: Whether it tells of a person.
        unit: Its unit.
        pattern: What its texts look like; empty where that says too little.
        bounds: Between which it lies.
        is_code: Whether it is text, though it may be written in digits.
    """

    name: str
    is_personal: bool = False
    unit: str = ""
    pattern: str = ""
    bounds: tuple[int, int] | None = None
    is_code: bool = False


PERSON_NAME = Meaning("person name", is_personal=True)


@dataclass(frozen=True)
class _Sign:
    """What tells of a meaning: the values, the name of the column, or both.

    Args:
        meaning: The meaning.
        fits: Whether a value can be of it.
        names: Words that its columns are called by.
        least: So many different values must fit where the name says nothing; 0 when the name has to.
    """

    meaning: Meaning
    fits: Callable[[str], bool]
    names: str = r"(?!)"
    least: int = 0

    def is_seen(self, name: str, values: Sequence[str]) -> bool:
        is_named = bool(re.search(rf"(?:^|_)(?:{self.names})(?:_|[0-9]|$)", name))
        is_enough = is_named or (self.least and len(values) >= self.least)
        return bool(is_enough) and all(map(self.fits, values))


_PERSON = (
    "(?:first|last|middle|given|family|full|maiden|birth|nick|christian)_?name|forename|surname|(?:user|person|"
    "customer|client|patient|employee|student|passenger|rider|driver|guest|member|contact|author|owner|teacher)_name|"
    "vorname|nachname|nombre|apellidos?|prenom|cognom|rider|passenger|patient"
)
_BORN = "birth_?(?:date|day)|date_of_birth|dob|born|geburtsdatum|fecha_nacimiento"
_LIVES = "street|street_address|home_address|postal_address|address_line|addr|address|strasse|calle|direccion"
_NUMBERS = "ssn|social_security(?:_number)?|passport(?:_no|_number)?|national_id|tax_id|nif|dni|nie|drivers?_licen[cs]e"

_SIGNS = (
    _Sign(Meaning("e-mail address", is_personal=True, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$"), is_email, "e?mail", 1),
    _Sign(Meaning("UUID", pattern="^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"), is_uuid, least=1),
    _Sign(Meaning("URL", pattern=r"^[a-z][a-z0-9+.-]*://\S+$"), is_url, least=1),
    _Sign(Meaning("IP address", is_personal=True), is_ip_address, "ip|ip_address", _FEW),
    _Sign(
        Meaning("IBAN", is_personal=True, pattern="^[A-Z]{2}[0-9]{2}[0-9A-Z ]{11,38}$", is_code=True),
        is_bank_account, "iban", _FEW,
    ),
    _Sign(Meaning("VAT number", is_code=True), is_vat_number, "vat|vat_(?:id|no|number)|ust_?id", _FEW),
    _Sign(Meaning("ISBN", is_code=True), is_book_number, "isbn", _FEW),
    _Sign(
        Meaning("payment card number", is_personal=True, is_code=True), is_card_number, "card|card_number|pan", _MANY,
    ),
    _Sign(Meaning("phone number", is_personal=True, is_code=True), is_phone, least=_FEW),
    _Sign(
        Meaning("phone number", is_personal=True, is_code=True), is_phone_like,
        "phone|phone_number|telephone|tel|mobile|cell|fax|handy|telefon",
    ),
    _Sign(
        Meaning("country code (ISO 3166-1 alpha-2)", pattern="^[A-Z]{2}$"), is_country,
        "country|country_code|nation|nationality|land|pais", 10,
    ),
    _Sign(Meaning("latitude", unit="degrees", bounds=(-90, 90)), is_latitude, "lat|latitude"),
    _Sign(Meaning("longitude", unit="degrees", bounds=(-180, 180)), is_longitude, "lon|lng|long|longitude"),
    _Sign(
        Meaning("coordinates", unit="degrees"), is_coordinates,
        "coordinates?|location|position|geo|latlon|lat_lon", _FEW,
    ),
    _Sign(
        Meaning("postal code", is_code=True), is_postal_code,
        "zip|zip_?code|postal|postal_?code|post_?code|plz|codigo_postal",
    ),
    _Sign(PERSON_NAME, is_text, _PERSON),
    _Sign(Meaning("date of birth", is_personal=True), bool, _BORN),
    _Sign(Meaning("postal address", is_personal=True), is_text, _LIVES),
    _Sign(Meaning("personal number", is_personal=True, is_code=True), bool, _NUMBERS),
)  # fmt: skip


def meaning_of(name: str, values: Sequence[str]) -> Meaning | None:
    """What the values of a column are, where it is plain.

    Args:
        name: Of the column, lower snake case.
        values: Different values, as text; none of them null.

    >>> meaning_of("contact", ["ada@example.org"]).name, meaning_of("lat", ["51.5"]).unit
    ('e-mail address', 'degrees')
    >>> meaning_of("note", ["ada@example.org", "none"])
    """
    return next((sign.meaning for sign in _SIGNS if values and sign.is_seen(name, values)), None)
