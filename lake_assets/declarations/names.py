"""Names and other small values of the declarations, with what each may look like."""

from __future__ import annotations

import re
from typing import Annotated
from unicodedata import combining, normalize

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from lake_assets.errors import DeclarationError, LakeError
from lake_assets.model import DURATION_PATTERN, PROVENANCE, TableRef, read_duration

__all__ = [
    "ColumnName",
    "ColumnNames",
    "Every",
    "Name",
    "Names",
    "Owner",
    "TableName",
    "Words",
    "check_name",
    "declared_fault",
    "lake_fault",
    "snake_case",
]

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_OWNER = re.compile(r"team:[A-Za-z0-9_-]+")


def declared_fault(what: str, mend: str = "") -> PydanticCustomError:
    """A fault that a validator raises and that `attributes_error` tells with its place."""
    template = "{what}; {mend}" if mend else "{what}"
    return PydanticCustomError("declaration", template, {"what": what, "mend": mend})


def lake_fault(error: LakeError) -> PydanticCustomError:
    """The fault that another room found in a declared value."""
    return declared_fault(error.what, error.mend)


_PLAIN_LETTERS = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "Æ": "Ae",
        "œ": "oe",
        "Œ": "Oe",
        "ø": "o",
        "Ø": "O",
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "Đ": "D",
        "\N{LATIN SMALL LETTER DOTLESS I}": "i",
    }
)
"""Those that are no letter with a mark."""


def snake_case(text: str) -> str:
    """The lower snake case name that is nearest to a text; Latin letters lose their marks.

    >>> snake_case("BikeHires 2024"), snake_case("ID"), snake_case("Größe für Łódź")
    ('bike_hires_2024', 'id', 'grosse_fur_lodz')
    """
    plain = normalize("NFKD", text.translate(_PLAIN_LETTERS))
    words = re.sub(
        r"(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z0-9]+", "_", "".join(each for each in plain if not combining(each))
    )
    return re.sub(r"_+", "_", words).strip("_").lstrip("0123456789_").lower() or "table_1"


def check_name(name: str, kind: str, place: str, mend: str) -> None:
    """Hold a name that is not an attribute, such as that of a file, against what names may look like.

    Raises:
        DeclarationError: When it is not lower snake case; `{}` in the mend stands for a name that is.
    """
    if not _NAME.fullmatch(name):
        what = f"{name!r} is not a lower snake case name for a {kind}"
        raise DeclarationError(what, place=place, mend=mend.format(snake_case(name)))


def _name(text: str) -> str:
    if not _NAME.fullmatch(text):
        raise declared_fault(f"{text!r} is not a lower snake case name", f"write {snake_case(text)}")
    return text


def _column(text: str) -> str:
    return text if text in PROVENANCE else _name(text)


def _owner(text: str) -> str:
    if not _OWNER.fullmatch(text):
        raise declared_fault(f"{text!r} is not an owner", "write team:name, for example team:ops")
    return text


def _seconds(every: object) -> int:
    seconds = read_duration(every)
    if seconds is None:
        raise declared_fault(
            f"{every!r} is not a span of time", "write a number and a unit: 30s, 5m, 1h or 1d"
        )
    return seconds


def _table(text: str) -> str:
    try:
        return str(TableRef.parse(text))
    except LakeError as error:
        raise lake_fault(error) from error


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


Name = Annotated[
    str, AfterValidator(_name), WithJsonSchema({"type": "string", "pattern": f"^{_NAME.pattern}$"})
]
"""Lower snake case."""

Names = Annotated[tuple[Name, ...], BeforeValidator(_listed, json_schema_input_type=str | list[str])]
"""A list of names; one alone may stand without brackets."""

ColumnName = Annotated[
    str, AfterValidator(_column), WithJsonSchema({"type": "string", "pattern": f"^_?{_NAME.pattern}$"})
]
"""Lower snake case, or one of the columns that say where a row comes from."""

ColumnNames = Annotated[
    tuple[ColumnName, ...], BeforeValidator(_listed, json_schema_input_type=str | list[str])
]
"""A list of column names; one alone may stand without brackets."""

Words = Annotated[tuple[str, ...], BeforeValidator(_listed, json_schema_input_type=str | list[str])]
"""A list of free words; one alone may stand without brackets."""

Owner = Annotated[
    str, AfterValidator(_owner), WithJsonSchema({"type": "string", "pattern": f"^{_OWNER.pattern}$"})
]
"""A team, as `team:name`."""

Every = Annotated[
    int, BeforeValidator(_seconds), WithJsonSchema({"type": "string", "pattern": f"^{DURATION_PATTERN}$"})
]
"""A span of time, as `30s`, `5m`, `1h` or `1d`; in seconds once read."""

TableName = Annotated[str, AfterValidator(_table)]
"""A table, written `zone.name`."""
