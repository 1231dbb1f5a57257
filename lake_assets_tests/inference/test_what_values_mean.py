"""E-mail addresses, IBANs, coordinates and their like are known by what they are; what tells of persons is marked."""

import pytest

from lake_assets.inference import yaml_text
from lake_assets.inference.meanings import meaning_of

_IBANS = [
    "GB82WEST12345698765432",
    "DE89370400440532013000",
    "FR1420041010050500013M02606",
    "ES9121000418450200051332",
    "NL91ABNA0417164300",
]
_PHONES = ["+34 931 234 567", "+44 20 7946 0958", "+1 212-555-0123", "+49 30 901820", "+33 1 70 18 99 00"]
_CARDS = ["4111 1111 1111 1111", "5555555555554444"]
_COUNTRIES = ["ES", "GB", "DE", "FR", "NL", "IT", "PT", "US", "BR", "JP"]
_VATS = ["ESX2482300W", "DE136695976", "NL123456782B90", "FR40303265045", "ATU13585627"]
_ISBNS = ["9783161484100", "9780306406157", "0306406152", "9781861972712", "9780131103627"]


@pytest.mark.parametrize(
    ("name", "values", "meaning", "is_personal"),
    [
        ("contact", ["ada@example.org"], "e-mail address", True),
        ("ref", ["f81d4fae-7dec-11d0-a765-00a0c91e6bf6"], "UUID", False),
        ("page", ["https://example.org/a?b=c"], "URL", False),
        ("client", ["10.0.0.1", "10.0.0.2", "::1", "192.168.0.1", "8.8.8.8"], "IP address", True),
        ("ip", ["10.0.0.1"], "IP address", True),
        ("paid_to", _IBANS, "IBAN", True),
        ("iban", _IBANS[:1], "IBAN", True),
        ("vat_number", _VATS[:1], "VAT number", False),
        ("isbn", _ISBNS[:1], "ISBN", False),
        ("card_number", _CARDS, "payment card number", True),
        ("reached_at", _PHONES, "phone number", True),
        ("phone", ["931 234 567"], "phone number", True),
        ("origin", _COUNTRIES, "country code (ISO 3166-1 alpha-2)", False),
        ("country", ["ES"], "country code (ISO 3166-1 alpha-2)", False),
        ("lat", ["51.5"], "latitude", False),
        ("longitude", ["-0.12"], "longitude", False),
        ("position", ["51.5, -0.12"], "coordinates", False),
        ("zip_code", ["08034"], "postal code", False),
        ("first_name", ["Ada"], "person name", True),
        ("date_of_birth", ["1815-12-10"], "date of birth", True),
        ("street", ["Jordi Girona 1"], "postal address", True),
        ("passport_number", ["X1234567"], "personal number", True),
    ],
)
def test_a_meaning(name, values, meaning, is_personal):
    found = meaning_of(name, values)
    assert found is not None
    assert (found.name, found.is_personal) == (meaning, is_personal)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("note", ["ada@example.org", "none"]),
        ("iban", ["GB82WEST12345698765433"]),
        ("isbn", ["9783161484101"]),
        ("card", ["4111111111111112"]),
        ("lat", ["91"]),
        ("lat", ["north"]),
        ("longitude", ["181"]),
        ("position", ["51.5, 181.5"]),
        ("country", ["UK", "XX"]),
        ("code", _COUNTRIES[:3]),
        ("amount", ["10.5"] * 30),
        ("phone", ["call me"]),
        ("reached_at", ["+34 931 234 567", "+", "+1", "+999999", "931"]),
        ("ip", ["1234"]),
        ("zip", ["centre"]),
        ("first_name", ["17"]),
        ("anything", []),
    ],
    ids=str,
)
def test_no_meaning(name, values):
    assert meaning_of(name, values) is None


def test_codes_in_digits_stay_text_and_persons_are_marked(project, as_declared):
    lines = "".join(f"{number},0{number:04d},Ada,ada{number}@example.org\n" for number in range(50))
    draft = project.infer(project.write("inbox/members.csv", f"id,zip,name,mail\n{lines}"))
    columns = as_declared(draft)["datasets"]["members"]["columns"]
    assert columns["zip"]["type"] == "text"
    assert [name for name, column in columns.items() if column.get("personal")] == ["name", "mail"]
    assert "ada1@" not in yaml_text(draft)
    assert project.ingest(draft)["zip"][0] == "00000"


def test_a_name_of_no_person_is_not_marked(project, as_declared):
    lines = "".join(f"{number},Station {number}\n" for number in range(50))
    draft = project.infer(project.write("inbox/stations.csv", f"id,name\n{lines}"))
    assert "personal" not in as_declared(draft)["datasets"]["stations"]["columns"]["name"]
