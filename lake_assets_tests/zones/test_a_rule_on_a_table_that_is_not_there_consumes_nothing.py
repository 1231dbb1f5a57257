"""A rule that refers to a table that is not there yet: told clearly, and nothing consumed until it is there."""

from lake_assets.errors import UnknownTableError
from lake_assets.model import Zone

DATASETS = """\
hires: {from: hires/*.csv, key: [id], rules: [{references: {column: bike, table: trusted.bikes, to: id}}]}
bikes: {from: bikes/*.csv, key: [id]}
"""


def _waiting(a_lake):
    a_lake.declare(DATASETS)
    a_lake.write("inbox/bikes/.keep", "")
    a_lake.drop("hires/a.csv", "id,bike\n1,10\n2,20\n")
    return a_lake


def test_the_failure_names_the_table(a_lake):
    (failure,) = _waiting(a_lake).ingest().failures
    assert (failure.zone, failure.table) == (Zone.TRUSTED, "hires")
    assert isinstance(failure.error, UnknownTableError)
    assert "trusted.bikes" in failure.error.what
    assert failure.error.mend


def test_nothing_is_trusted_or_set_aside(a_lake):
    _waiting(a_lake).ingest()
    assert a_lake.count("formatted.hires") == 2
    assert a_lake.find("trusted.hires") is None
    assert a_lake.find("quarantine.hires") is None


def test_once_it_is_there_every_row_is_judged(a_lake):
    _waiting(a_lake).ingest()
    a_lake.drop("bikes/a.csv", "id\n10\n")
    a_lake.ingest_whole()
    assert a_lake.rows("trusted.hires", "id") == [(1,)]
    assert a_lake.rows("quarantine.hires", "rules") == [(["bike_references"],)]
