"""Whether a text can be something well known: the check digits and lists of its standard decide."""

from __future__ import annotations

import re
from ipaddress import ip_address

import phonenumbers
from stdnum import iban, isbn, luhn
from stdnum.eu import vat

__all__ = [
    "is_bank_account",
    "is_book_number",
    "is_card_number",
    "is_coordinates",
    "is_country",
    "is_email",
    "is_ip_address",
    "is_latitude",
    "is_longitude",
    "is_phone",
    "is_phone_like",
    "is_postal_code",
    "is_text",
    "is_url",
    "is_uuid",
    "is_vat_number",
]

_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+")
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_URL = re.compile(r"[a-z][a-z0-9+.-]*://\S+")
_PHONE = re.compile(r"[+(]?[0-9](?:[ ()./-]*[0-9]){5,16}")
_CARD = re.compile(r"[0-9](?:[ -]?[0-9]){12,18}")
_POSTAL = re.compile(r"(?=.*[0-9])[0-9A-Z](?:[ -]?[0-9A-Z]){2,9}", re.IGNORECASE)
_PAIR = re.compile(r"\(?\s*(-?[0-9]{1,3}\.[0-9]+)\s*[,; ]\s*(-?[0-9]{1,3}\.[0-9]+)\s*\)?")
_NORTH, _EAST = 90, 180


def is_email(text: str) -> bool:
    """Whether it is an e-mail address."""
    return bool(_EMAIL.fullmatch(text))


def is_uuid(text: str) -> bool:
    """Whether it is a UUID with its hyphens."""
    return bool(_UUID.fullmatch(text))


def is_url(text: str) -> bool:
    """Whether it is an absolute URL."""
    return bool(_URL.fullmatch(text))


def is_ip_address(text: str) -> bool:
    """Whether it is an IPv4 or IPv6 address."""
    try:
        ip_address(text)
    except ValueError:
        return False
    return "." in text or ":" in text


def is_bank_account(text: str) -> bool:
    """Whether it is an IBAN.

    Source: ISO 13616.
    """
    return bool(iban.is_valid(text))


def is_vat_number(text: str) -> bool:
    """Whether it is a VAT number of the European Union, with the letters of its country."""
    return text[:2].isalpha() and bool(vat.is_valid(text))


def is_book_number(text: str) -> bool:
    """Whether it is an ISBN of ten or thirteen digits."""
    return bool(isbn.is_valid(text))


def is_card_number(text: str) -> bool:
    """Whether it is the number of a payment card, by its length and check digit.

    Source: ISO/IEC 7812-1.
    """
    return bool(_CARD.fullmatch(text)) and bool(luhn.is_valid(re.sub(r"[ -]", "", text)))


def is_phone(text: str) -> bool:
    """Whether it is an international phone number that can be in use."""
    if not text.startswith("+"):
        return False
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(text))
    except phonenumbers.NumberParseException:
        return False


def is_phone_like(text: str) -> bool:
    """Whether it is written as phone numbers are."""
    return bool(_PHONE.fullmatch(text.strip()))


def is_country(text: str) -> bool:
    """Whether it is the code of a country in two capital letters.

    Source: ISO 3166-1 alpha-2, as the regions of libphonenumber.
    """
    return text in phonenumbers.SUPPORTED_REGIONS


def is_latitude(text: str) -> bool:
    """Whether it is a number of degrees to the north."""
    return _is_within(text, _NORTH)


def is_longitude(text: str) -> bool:
    """Whether it is a number of degrees to the east."""
    return _is_within(text, _EAST)


def is_coordinates(text: str) -> bool:
    """Whether it is a pair of degrees with fractions."""
    found = _PAIR.fullmatch(text)
    return found is not None and all(_is_within(part, _EAST) for part in found.groups())


def _is_within(text: str, degrees: int) -> bool:
    try:
        return abs(float(text)) <= degrees
    except ValueError:
        return False


def is_postal_code(text: str) -> bool:
    """Whether it is written as postal codes are."""
    return bool(_POSTAL.fullmatch(text))


def is_text(text: str) -> bool:
    """Whether it holds a letter."""
    return any(map(str.isalpha, text))
