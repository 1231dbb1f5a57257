"""Bytes that do not decode: in the declared encoding the record is set aside, else another encoding is found."""

from lake_assets_tests.flow.bad_files import BIKES

_BYTES = b"bike_id,price,seen,name\n1,1.5,,caf\xe9\n2,2.5,,tea\n"


def test_a_declared_encoding_sets_the_record_aside_with_its_bytes(a_lake):
    a_lake.declare(BIKES.replace("format: csv", "format: {kind: csv, encoding: utf-8}"))
    a_lake.drop("bikes/a.csv", _BYTES)
    a_lake.ingest_whole()
    assert a_lake.rows("trusted.bikes", "bike_id", "name", "_row") == [(2, "tea", 2)]
    assert a_lake.rows("quarantine.bikes", "_row", "record") == [(1, r"1,1.5,,caf\xe9")]


def test_without_one_the_file_is_read_as_windows_1252(a_lake):
    a_lake.declare(BIKES)
    a_lake.drop("bikes/a.csv", _BYTES)
    a_lake.ingest_whole()
    assert a_lake.rows("trusted.bikes", "bike_id", "name") == [(1, "café"), (2, "tea")]


def test_how_it_was_read_is_on_record(a_lake):
    a_lake.declare(BIKES)
    a_lake.drop("bikes/a.csv", _BYTES)
    a_lake.ingest_whole()
    (decision,) = a_lake.find("formatted.bikes").last_note().content["decisions"].values()
    assert decision["encoding"] == "cp1252"
