"""A source that cannot be reached is a failure with what, place and mend; all others are ingested."""

import pytest

from lake_assets.errors import ConnectorError
from lake_assets.model import Zone
from lake_assets_tests.flow.bad_files import BIKES, GOOD

_SOURCE = """\
type: lake_assets.Source
attributes:
  connector: {connector}
  datasets:
    broken: {{from: "{origin}", format: csv, key: [id], columns: {{id: int}}}}
"""
_API = "http://127.0.0.1:9"
_S3 = f'kind: s3, bucket: no-such-bucket, endpoint_url: "{_API}", key_id_env: A_KEY, secret_env: A_SECRET'
BROKEN = {
    "missing folder": ("{kind: filesystem, path: /no/such/folder}", "*.csv", "/no/such/folder"),
    "file in its place": ('{kind: filesystem, path: "FILE"}', "*.csv", "cannot be listed"),
    "unreachable server": (f'{{kind: http, base_url: "{_API}", retries: 0}}', "a.csv", "127.0.0.1:9"),
    "unreachable api": (f'{{kind: rest, base_url: "{_API}", retries: 0}}', "a", "cannot be reached"),
    "unreachable store": (f"{{{_S3}}}", "a/*.csv", "bucket"),
}


@pytest.fixture(params=BROKEN.values(), ids=BROKEN.keys())
def report(request, a_lake, monkeypatch):
    """What is told of an ingest with one broken source, and words that must be in it."""
    monkeypatch.setenv("A_KEY", "key")
    monkeypatch.setenv("A_SECRET", "secret")
    connector, origin, words = request.param
    a_lake.write("file", "no folder")
    connector = connector.replace("FILE", str(a_lake.folder / "file"))
    a_lake.write("defs/a_broken/defs.yaml", _SOURCE.format(connector=connector, origin=origin))
    a_lake.declare(BIKES)
    a_lake.drop("bikes/good.csv", GOOD)
    return a_lake.ingest(), words, a_lake


def test_the_failure_has_what_place_and_mend(report):
    ingested, words, _ = report
    (failure,) = ingested.failures
    assert (failure.zone, failure.table) == (Zone.TEMPORARY_LANDING, "broken")
    assert isinstance(failure.error, ConnectorError)
    assert words in str(failure.error)
    assert "source a_broken, dataset broken" in failure.error.place
    assert failure.error.mend


def test_the_others_are_ingested(report):
    _, _, a_lake = report
    assert a_lake.count("trusted.bikes") == 2


def test_the_next_run_tells_it_again(report):
    _, words, a_lake = report
    (failure,) = a_lake.ingest().failures
    assert words in str(failure.error)
