"""A file as offices write them, through all zones: by its declaration, and without one."""

from __future__ import annotations

import datetime as dt
import json

from lake_assets_tests.flow.a_lake import ALake

FILE = """\
Umsätze der Stadt
Stand: 01.03.2024;;;;

Tag;Filiale;PLZ;Umsatz;bezahlt
31.01.2024;Köln;01067;1.234,50;ja
2024-02-01;Bonn;53111;-;nein
03.02.2024;Trier;54290;-7,25;ja

Quelle: Stadt Köln
"""
ROWS = [
    (dt.date(2024, 1, 31), "Köln", "01067", 1234.5, True),
    (dt.date(2024, 2, 1), "Bonn", "53111", None, False),
    (dt.date(2024, 2, 3), "Trier", "54290", -7.25, True),
]
NAMES = ("tag", "filiale", "plz", "umsatz", "bezahlt")
DECLARED = """\
umsatz:
  from: "*.csv"
  null_tokens: ["-"]
  layouts: {number: "1.234,5", bool: ja/nein, date: ["%d.%m.%Y", ISO]}
  columns:
    tag: {type: date, from: Tag}
    umsatz: {type: float, from: Umsatz}
"""


def ingested(a_lake: ALake, declared: str, content: bytes) -> dict[str, object]:
    a_lake.declare(declared)
    a_lake.drop("a.csv", content)
    a_lake.ingest_whole()
    schema = a_lake.find("formatted.umsatz").delta.schema()
    return {
        column.name: json.loads(column.metadata["lake.mapping"])
        for column in schema.fields
        if "lake.mapping" in column.metadata
    }


def test_by_its_declaration(a_lake):
    pins = ingested(a_lake, DECLARED, FILE.encode("cp1252"))
    assert a_lake.rows("trusted.umsatz", *NAMES) == ROWS
    assert pins["bezahlt"] == {"from": "bezahlt", "type": "bool", "layout": "ja/nein"}
    assert a_lake.frame("formatted.umsatz")["_rescued"].null_count() == len(ROWS)


def test_without_one_but_for_what_means_null(a_lake):
    pins = ingested(a_lake, 'umsatz: {from: "*.csv", null_tokens: "-"}', FILE.encode("cp1252"))
    assert a_lake.rows("trusted.umsatz", *NAMES) == [(*row[:4], "ja" if row[4] else "nein") for row in ROWS]
    assert pins["umsatz"]["layout"] == "1.234,5"
    assert pins["tag"]["layout"] == "%Y-%m-%d|%d.%m.%Y"


def test_what_is_written_otherwise_later_is_rescued(a_lake):
    ingested(a_lake, DECLARED, FILE.encode())
    a_lake.drop("b.csv", "Tag;Filiale;PLZ;Umsatz;bezahlt\n02/03/2024;Ulm;89073;1,234.50;yes\n")
    a_lake.ingest_whole()
    ((day, turnover, paid, rescued),) = a_lake.rows(
        "formatted.umsatz", "tag", "umsatz", "bezahlt", "_rescued"
    )[3:]
    assert (day, turnover, paid) == (None, None, None)
    assert json.loads(rescued) == {"Tag": "02/03/2024", "Umsatz": "1,234.50", "bezahlt": "yes"}
