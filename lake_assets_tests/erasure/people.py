"""A lake that knows a person in every place it has: what the tests of erasure work on."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import sqlite3
import zipfile
from pathlib import Path

import polars as pl

from lake_assets_tests.flow.a_lake import ALake

SUBJECT = "ada.lovelace@example.org"
KEY = "0123456789abcdef"
DATASETS = """\
riders:
  from: "riders*.csv*"
  key: [id]
  columns:
    id: int
    email: {type: text, personal: true}
    city: text
    age: int
    note: text
  clean: [{trim: email}]
  rules: [{in_range: {age: [0, 120]}}]
hires:
  from: "hires*.json"
  format: json
  columns:
    hire: int
    email: {type: text, personal: true}
    price: float
  clean: [{case: {email: lower}}, {pseudonymise: email}]
  rules: [{in_range: {price: [0, 9]}}]
"""
RIDERS = """\
id,email,city,age,note
1,ada.lovelace@example.org,London,36,none
2,grace@example.org,New York,85,knows ada.lovelace@example.org well
3,barbara@example.org,Boston,200,none
"""
MORE_RIDERS = """\
id,email,city,age,note
4,alan@example.org,London,41,"two
lines"
1,  Ada.Lovelace@Example.ORG ,Ockham,36,moved
5,"ada.lovelace@example.org",Paris,300,"breaks a rule, and is set aside"
6,joan@example.org,Bletchley,79,surplus,of,ada.lovelace@example.org
7,edith@example.org,Paris,90,none
"""
HIRES = [
    {"hire": 1, "email": "grace@example.org", "price": 1.5},
    {"hire": 2, "email": "ada.lovelace@example.org", "price": 2.5},
    {"hire": 3, "email": "ADA.LOVELACE@example.org", "price": 99.0},
    {"hire": 4, "email": "alan@example.org", "price": 4.25},
]
BY_CITY = "SELECT city, COUNT(*) AS riders, MIN(email) AS first FROM trusted.riders GROUP BY city\n"


def fill(a_lake: ALake) -> ALake:
    """Declare the datasets and ingest twice, so that there are older versions."""
    a_lake.declare(DATASETS)
    a_lake.declare_table("riders_by_city", BY_CITY)
    a_lake.drop("riders-1.csv", RIDERS)
    a_lake.drop("hires-1.json", json.dumps(HIRES, indent=1))
    a_lake.ingest_whole()
    a_lake.drop("riders-2.csv.gz", gzip.compress(MORE_RIDERS.encode(), mtime=0))
    a_lake.drop("hires-2.json", "\n".join(json.dumps(each) for each in HIRES[1:]))
    a_lake.ingest_whole()
    return a_lake


def places_of(root: Path, text: str) -> list[str]:
    """Where a text stands under a folder: a search of its own, that shares nothing with the one it judges."""
    wanted = text.lower()
    files = [path for path in root.rglob("*") if path.is_file()]
    return [
        path.relative_to(root).as_posix()
        for path in files
        if wanted in _all_text(path) or wanted in path.name
    ]


def _all_text(path: Path) -> str:
    data = path.read_bytes()
    return "\n".join([*_texts(data), *(_rows(path) if data.startswith(b"SQLite") else [])]).lower()


def _rows(base: Path) -> list[str]:
    connection = sqlite3.connect(base)
    try:
        return list(connection.iterdump())
    finally:
        connection.close()


def _texts(data: bytes) -> list[str]:
    found = [data.decode("latin-1"), data.decode("utf-16-le", "replace")]
    for magic, unpacked in (
        (b"\x1f\x8b", gzip.decompress),
        (b"BZh", bz2.decompress),
        (b"\xfd7zXZ", lzma.decompress),
    ):
        found += _texts(unpacked(data)) if data.startswith(magic) else []
    if data.startswith(b"PAR1"):
        found.append(
            json.dumps(pl.read_parquet(io.BytesIO(data)).to_dicts(), default=str, ensure_ascii=False)
        )
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found += [text for name in archive.namelist() for text in _texts(archive.read(name))]
    return found
