"""Personal columns are pseudonymised or masked between formatted and trusted, also in the quarantine."""

import pytest

from lake_assets.errors import SettingsError
from lake_assets.model import Zone
from lake_assets_tests.flow.a_lake import step

HIRES = """\
hires:
  from: "*.csv"
  key: [id]
  columns:
    id: int
    rider: {type: text, personal: true}
    born: {type: date, personal: true, from: Date of Birth}
    price: int
  clean: [{trim: rider}, {pseudonymise: rider}, {mask: born}]
  rules: [{in_range: {price: [0, 9]}}]
"""
ROWS = "id,rider,Date of Birth,price\n1,Ada,1815-12-10,1\n2, Grace ,9 Dec 1906,1\n3,Barbara,1939-11-07,99\n4,Ada,,1\n"
YEARS = (1815, 1906, 1939)
# As they are spelt in files, in a log and by Python: four digits alone are soon part of an id or a time.
CLEAR = (
    *("Ada", "Grace", "Barbara", "9 Dec 1906"),
    *(f"{sign}{year}{after}" for year in YEARS for sign, after in (("", "-1"), ("date(", ","))),
)
KEY = "0123456789abcdef"


@pytest.fixture
def hires(a_lake, monkeypatch):
    monkeypatch.setenv("LAKE_PSEUDONYM_KEY", KEY)
    a_lake.declare(HIRES)
    a_lake.drop("a.csv", ROWS)
    return a_lake


def _stored(a_lake, zone):
    """All bytes of a table, with its log."""
    folder = a_lake.folder / "lake" / zone
    return (
        b"".join(path.read_bytes() for path in folder.rglob("*.json"))
        + str(a_lake.frame(f"{zone}.hires").to_dicts()).encode()
    )


def test_neither_the_table_nor_the_quarantine_nor_a_log_shows_a_value(hires):
    report = hires.ingest_whole()
    assert hires.count("trusted.hires") == 3
    assert hires.count("quarantine.hires") == 1
    for zone in (
        "trusted",
        "quarantine",
    ):
        stored = _stored(hires, zone).decode(errors="replace")
        assert not [value for value in (*CLEAR, KEY) if value in stored]
    assert not [value for value in (*CLEAR, KEY) if value in str(report)]


def test_rows_of_one_person_are_of_one_pseudonym(hires):
    hires.ingest_whole()
    pseudonyms = dict(hires.rows("trusted.hires", "id", "rider"))
    assert pseudonyms[1] == pseudonyms[4] != pseudonyms[2]
    assert len(pseudonyms[1]) == 32


def test_which_key_was_used_stands_in_the_column(hires):
    hires.ingest_whole()
    notes = {column.name: column.metadata for column in hires.find("trusted.hires").delta.schema().fields}
    assert notes["rider"]["lake.pseudonym_key"].startswith("LAKE_PSEUDONYM_KEY:")
    assert "lake.pseudonym_key" not in notes["id"]


def test_a_missing_key_consumes_nothing(hires, monkeypatch):
    monkeypatch.delenv("LAKE_PSEUDONYM_KEY")
    (failure,) = hires.ingest().failures
    assert isinstance(failure.error, SettingsError)
    assert (failure.zone, failure.error.mend) == (Zone.TRUSTED, "set LAKE_PSEUDONYM_KEY")
    assert hires.count("trusted.hires") == hires.count("quarantine.hires") == 0
    monkeypatch.setenv("LAKE_PSEUDONYM_KEY", KEY)
    assert step(hires.ingest_whole(), Zone.TRUSTED, "hires").rows_in == 4


def test_another_key_is_refused_and_consumes_nothing(hires, monkeypatch):
    hires.ingest_whole()
    hires.drop("b.csv", "id,rider,Date of Birth,price\n5,Ada,,1\n")
    monkeypatch.setenv("LAKE_PSEUDONYM_KEY", "another key altogether")
    (failure,) = hires.ingest().failures
    assert "pseudonyms of two keys do not fit together" in failure.error.mend
    assert "another key" not in str(failure.error)
    monkeypatch.setenv("LAKE_PSEUDONYM_KEY", KEY)
    hires.ingest_whole()
    assert hires.count("trusted.hires") == 4


def test_a_record_that_does_not_parse_is_not_quoted(hires):
    hires.drop("b.csv", "id,rider,Date of Birth,price\n5,Ada,1815-12-10,1,surplus\n")
    hires.ingest_whole()
    records = [record for (record,) in hires.rows("quarantine.hires", "record")]
    assert not [value for value in CLEAR if value in str(records)]
    assert [record for record in records if "not kept here" in record]


def test_nor_is_a_row_that_is_decoded_again(hires):
    hires.ingest_whole()
    hires.declare(HIRES.replace("from: Date of Birth}", "from: Date of Birth, layout: '%d %b %Y'}"))
    hires.lake.replay("hires", "the layout was wrong")
    assert 1906 in hires.frame("formatted.hires")["born"].dt.year().to_list()
    for zone in ("trusted", "quarantine"):
        stored = _stored(hires, zone).decode(errors="replace")
        assert not [value for value in CLEAR if value in stored]


def test_rows_from_before_a_column_was_hidden_are_told_of(hires):
    hires.declare(HIRES.replace(", {pseudonymise: rider}, {mask: born}", ""))
    hires.ingest_whole()
    hires.declare(HIRES.replace(", {mask: born}", ""))
    hires.drop("b.csv", "id,rider,Date of Birth,price\n5,Ada,,1\n")
    (problem,) = step(hires.ingest_whole(), Zone.TRUSTED, "hires").problems
    assert "with the values of rider in clear" in problem
