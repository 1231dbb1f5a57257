"""The tables of a database."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, cast
from urllib.parse import parse_qsl, urlsplit

from lake_assets.connectors.survey import Survey, SurveyedTable, open_survey
from lake_assets.declarations import snake_case
from lake_assets.errors import ConnectorError
from lake_assets.inference.cursors import with_cursors
from lake_assets.inference.draft import DatasetDraft, SourceDraft
from lake_assets.inference.drafting import draft_dataset
from lake_assets.inference.nature import Nature
from lake_assets.inference.nothing_known import NothingKnown
from lake_assets.inference.reading import try_to_read
from lake_assets.inference.sample import Sample, landed
from lake_assets.inference.target import Target
from lake_assets.settings import expand

__all__ = ["draft_database", "is_database"]

_REFERENCE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_SCHEMES = ("postgresql://", "postgres://", "sqlite://")
_ROWS = 5_000
_SECRETS = re.compile(r"password|passfile|key", re.IGNORECASE)


def is_database(pointed_at: str) -> bool:
    """Whether somebody points at a database: by its address, or by the name of the variable that holds it.

    >>> is_database("sqlite:///shop.db"), is_database("${SHOP_DATABASE}"), is_database("shop.db")
    (True, True, False)
    """
    return pointed_at.lower().startswith(_SCHEMES) or _REFERENCE.fullmatch(pointed_at) is not None


def draft_database(pointed_at: str, name: str) -> SourceDraft:
    """Draft a source of all tables of a database that may be read.

    Args:
        pointed_at: Its address without a password, or `${NAME}` of the variable that holds its address.
        name: Of the source; empty for that of the database.

    Raises:
        ConnectorError: When the address holds a secret, there is no table, or the database cannot be reached.
        SettingsError: When the variable is not set.
    """
    named = _REFERENCE.fullmatch(pointed_at)
    uri = expand(pointed_at, place="the address") if named else pointed_at
    called = _name_of(uri)
    variable = named[1] if named else f"{called.upper()}_DATABASE"
    place = f"the database that {variable} names" if named else f"database {called}"
    if not named:
        _refuse_secrets(uri, place, variable)
    notes = [] if named else [f"Set {variable} to the address of the database: {uri}"]
    with open_survey(uri, place) as survey, TemporaryDirectory(prefix="lake_assets_") as folder:
        datasets = tuple(_datasets(survey, variable, Path(folder), notes))
    if not datasets:
        mend = "grant its user the right to read tables, or point at another database"
        why = "".join(f"\n{note}" for note in notes if named)
        raise ConnectorError(f"the database has no table that may be read{why}", place=place, mend=mend)
    return SourceDraft(name or called, "sql", {"uri": f"${{{variable}}}"}, datasets, tuple(notes))


def _name_of(uri: str) -> str:
    """What the database is called.

    >>> _name_of("postgresql://host/shop?sslmode=require"), _name_of("sqlite:///data/My-Shop.db")
    ('shop', 'my_shop')
    """
    path = uri.partition("://")[2].partition("?")[0]
    last = path.rstrip("/").rpartition("/")[2]
    return snake_case(last.rpartition("@")[2].partition(".")[0].partition(":")[0]) or "database"


def _refuse_secrets(uri: str, place: str, variable: str) -> None:
    parts = urlsplit(uri)
    written = parts.password or any(_SECRETS.search(name) for name, _ in parse_qsl(parts.query))
    if written:
        mend = f"set {variable} to the address and point at '${{{variable}}}', in single quotes for the shell"
        raise ConnectorError("the address holds a secret", place=place, mend=mend)


def _datasets(survey: Survey, variable: str, folder: Path, notes: list[str]) -> Iterator[DatasetDraft]:
    """A draft for each table; one that cannot be read is noted."""
    taken: dict[str, int] = {}
    for number, table in enumerate(survey.tables()):
        called = snake_case(table.name) or "table"
        count = taken[called] = taken.get(called, 0) + 1
        target = Target(
            f"{called}_{count}" if count > 1 else called, "sql", table.origin, {"uri": f"${{{variable}}}"}
        )
        try:
            drafted = _drafted(survey, table, target, folder / f"{number}.parquet")
        except ConnectorError as error:
            notes.append(f"{table.origin} is left out: {error.what}")
        else:
            yield drafted


def _drafted(survey: Survey, table: SurveyedTable, target: Target, path: Path) -> DatasetDraft:
    with path.open("wb") as stream:
        arrival, kinds = survey.sample(table, _ROWS + 1, NothingKnown(), cast("BinaryIO", stream))
    sample = Sample(landed(path, arrival), str(path), Nature.WHOLE)
    reading = try_to_read(target, sample, "parquet")
    path.unlink()
    if reading is None:
        mend = "declare it by hand, as a query under from"
        raise ConnectorError("its rows cannot be understood", place=table.origin, mend=mend)
    is_whole = reading.frame.height <= _ROWS
    few = replace(reading, frame=reading.frame.head(_ROWS), files=0, is_whole=is_whole)
    comparable = [name for name, kind in kinds.items() if kind]
    return with_cursors(draft_dataset(target, few, table.key), comparable)
