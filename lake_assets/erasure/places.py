"""Where a person stands in a lake: which records of which files, and under which texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import polars as pl

from lake_assets.cleaning import KINDS, HidingKind
from lake_assets.declarations import Declarations
from lake_assets.erasure.subject import Subject, is_said
from lake_assets.erasure.words import Words
from lake_assets.governance.erasures import unfinished_places
from lake_assets.model import PROVENANCE, Dataset, Zone
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import Table, find_table
from lake_assets.zones.batch import batch_of
from lake_assets.zones.elements import record_of

__all__ = ["Found", "as_records", "find", "no_places"]

_ROW = PROVENANCE[1]
_BY_PLACE = list(PROVENANCE)


def no_places() -> pl.DataFrame:
    """No record."""
    return pl.DataFrame(schema=dict.fromkeys(PROVENANCE, pl.Int64))


@dataclass(frozen=True)
class Found:
    """Where a person stands.

    Args:
        words: The texts that stand for the person.
        records: By dataset, file and number of each record that is to go: found now, or by an erasure that came to no
            end.
        there: By dataset, how many of them were found now.
    """

    words: Words
    records: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    there: Mapping[str, int] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many records are to go."""
        return sum(places.height for places in self.records.values())


def find(root: LakeRoot, declarations: Declarations, subject: Subject) -> Found:
    """Find the records of a person, and those that an erasure was about that came to no end.

    A record is the person's when a personal column says the value, before cleaning or after it; where rows have a key,
    all records of the same key are.

    Args:
        root: The lake.
        declarations: Of the lake.
        subject: The person.

    Raises:
        SettingsError: When the key of a pseudonym is missing.
    """
    texts = {subject.value}
    there: dict[str, pl.DataFrame] = {}
    for dataset in declarations.datasets:
        places, written = _in_dataset(root, dataset, subject)
        there[dataset.name] = places
        texts |= written
    words = Words(sorted(texts))
    for dataset in declarations.datasets:
        aside = [_aside(root, each, words) for each in (dataset, *dataset.children)]
        there[dataset.name] = pl.concat([there[dataset.name], *aside]).unique()
    unfinished = unfinished_places(root)
    begun = {name: unfinished.filter(pl.col("dataset") == name).select(PROVENANCE) for name in there}
    records = {name: pl.concat([there[name], begun[name]]).unique().sort(_BY_PLACE) for name in there}
    return Found(words, records, {name: places.height for name, places in there.items()})


def _in_dataset(root: LakeRoot, dataset: Dataset, subject: Subject) -> tuple[pl.DataFrame, set[str]]:
    """Records of a dataset, and how the person is written in it."""
    formatted = find_table(root, dataset.table(Zone.FORMATTED))
    if formatted is None:
        return no_places(), set()
    names = subject.columns.get(dataset.name, ())
    places, texts = _said(dataset, formatted, names, subject.value) if names else (no_places(), set[str]())
    return (_of_same_key(dataset, formatted, places) if places.height else places), texts


def _said(
    dataset: Dataset, formatted: Table, names: Iterable[str], value: str
) -> tuple[pl.DataFrame, set[str]]:
    columns = [name for name in names if name in formatted.schema]
    raw = formatted.scan().filter(is_said(columns, formatted.schema, [value]))
    places = [raw.select(PROVENANCE).collect(engine="streaming")]
    texts = set(_texts(raw, columns, formatted.schema))
    if dataset.clean and columns:
        cleaned = batch_of(dataset, formatted, formatted.scan())
        schema = cleaned.collect_schema()
        for name in (each for each in columns if each not in _masked(dataset)):
            mine = batch_of(dataset, formatted, raw.filter(is_said([name], formatted.schema, [value])))
            said = {value, *_texts(mine, [name], schema)}
            hits = cleaned.filter(is_said([name], schema, sorted(said))).select(PROVENANCE)
            places.append(hits.collect(engine="streaming"))
            texts |= said
    found = pl.concat(places).unique()
    again = formatted.scan().join(found.lazy(), on=_BY_PLACE, how="semi")
    return found, texts | set(_texts(again, columns, formatted.schema))


def _texts(rows: pl.LazyFrame, names: Iterable[str], schema: pl.Schema) -> Iterator[str]:
    """The different texts of some columns."""
    for name in (each for each in names if schema[each] == pl.String()):
        said = rows.select(pl.col(name).str.strip_chars().unique()).collect(engine="streaming").to_series()
        yield from (text for text in said if text)


def _masked(dataset: Dataset) -> set[str]:
    """Columns in which many values are one after cleaning."""
    hiding = {name for name, kind in KINDS.items() if isinstance(kind, HidingKind) and name != "pseudonymise"}
    return {name for step in dataset.clean if step.kind in hiding for name in step.columns}


def _of_same_key(dataset: Dataset, formatted: Table, places: pl.DataFrame) -> pl.DataFrame:
    """With each record all others of its key: earlier and later versions of the same thing."""
    if not dataset.write_mode.needs_a_key:
        return places
    rows = batch_of(dataset, formatted, formatted.scan()).select(*PROVENANCE, *dataset.key)
    keys = rows.join(places.lazy(), on=_BY_PLACE, how="semi").select(dataset.key).unique()
    same = rows.join(keys, on=list(dataset.key), how="semi").select(PROVENANCE).collect(engine="streaming")
    return pl.concat([places, same]).unique()


def _aside(root: LakeRoot, dataset: Dataset, words: Words) -> pl.DataFrame:
    """Records in the quarantine of a dataset that hold one of the texts."""
    table = find_table(root, dataset.table(Zone.QUARANTINE))
    if table is None or not words:
        return no_places()
    holds = words.within(pl.col("record"), pl.String()) | words.within(pl.col("reason"), pl.String())
    places = table.scan().filter(holds).select(PROVENANCE)
    return as_records(dataset, places).unique().collect(engine="streaming")


def as_records(dataset: Dataset, places: pl.LazyFrame) -> pl.LazyFrame:
    """Places of rows of a table of a dataset as those of the records that they are of: an element is of its list's."""
    return places.with_columns(record_of(pl.col(_ROW))) if dataset.parent else places
