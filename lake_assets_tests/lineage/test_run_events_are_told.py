"""Where the settings ask for it, OpenLineage is told of every step, by valid events without a personal value."""

import json
import logging
from dataclasses import replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from lake_assets.errors import SettingsError
from lake_assets.lake import Lake
from lake_assets.lineage import EVENTS_FILE, open_emitter
from lake_assets.model import Run
from lake_assets.settings import Settings
from lake_assets.storage.root import LakeRoot
from lake_assets_tests.flow.a_lake import ALake
from lake_assets_tests.lineage.openlineage_classes import faults

DATASET = """
bikes:
  from: '*.csv'
  key: [id]
  owner: team:bikes
  description: Hires of bikes.
  columns: {id: int, price: float, who: {type: text, personal: true}}
  clean: [{mask: [who]}]
  rules: [{in_range: {price: [0, 10]}}]
"""


@pytest.fixture
def a_lake(tmp_path):
    lake = ALake(tmp_path)
    lake.declare(DATASET)
    lake.declare_table("doubled", "SELECT id, price * 2 AS twice FROM trusted.bikes WHERE price > 1")
    lake.declare_table("wrong", "SELECT nothing FROM trusted.bikes")
    lake.drop("a.csv", "id,price,who\n1,2.5,Margaret\n2,50,Katherine\n")
    return lake


def _told(a_lake, where="file", key_env=""):
    settings = replace(a_lake.lake.settings, openlineage=where, openlineage_key_env=key_env)
    Lake(settings).ingest()


def _events(a_lake):
    text = (a_lake.folder / "lake" / EVENTS_FILE).read_text()
    return [json.loads(line) for line in text.splitlines()]


def _one(a_lake, state, name):
    (found,) = [each for each in _events(a_lake) if (each["eventType"], each["job"]["name"]) == (state, name)]
    return found


def test_every_event_is_valid(a_lake):
    _told(a_lake)
    assert [fault for event in _events(a_lake) for fault in faults(event)] == []


def test_each_step_begins_and_ends_or_fails_under_one_run(a_lake):
    _told(a_lake)
    seen = {}
    for event in _events(a_lake):
        seen.setdefault((event["job"]["name"], event["run"]["runId"]), []).append(event["eventType"])
    ends = {name: states for (name, _), states in seen.items()}
    assert len(ends) == len(seen) == 6
    assert ends.pop("exploitation.wrong") == ["START", "FAIL"]
    assert set(map(tuple, ends.values())) == {("START", "COMPLETE")}
    assert len({each["run"]["facets"]["parent"]["run"]["runId"] for each in _events(a_lake)}) == 1


def test_a_table_is_told_with_schema_version_lineage_and_figures(a_lake):
    _told(a_lake)
    event = _one(a_lake, "COMPLETE", "exploitation.doubled")
    (output,) = event["outputs"]
    assert output["outputFacets"]["outputStatistics"]["rowCount"] == 1
    assert output["facets"]["version"]["datasetVersion"] == "0"
    assert [each["name"] for each in output["facets"]["schema"]["fields"]] == ["id", "twice"]
    lineage = output["facets"]["columnLineage"]
    (source,) = lineage["fields"]["twice"]["inputFields"]
    assert source["field"] == "price"
    assert source["name"] == event["inputs"][0]["name"] == str(a_lake.folder / "lake/trusted/bikes")
    assert [(each["type"], each["subtype"]) for each in source["transformations"]] == [
        ("DIRECT", "TRANSFORMATION")
    ]
    assert [each["field"] for each in lineage["dataset"]] == ["price"]


def test_rules_are_assertions_on_the_rows_that_were_judged(a_lake):
    _told(a_lake)
    event = _one(a_lake, "COMPLETE", "trusted.bikes")
    (judged,) = event["inputs"]
    told = {each["name"]: each for each in judged["inputFacets"]["dataQualityAssertions"]["assertions"]}
    assert (told["price_in_range"]["success"], told["price_in_range"]["column"]) == (False, "price")
    facets = event["outputs"][0]["facets"]
    assert facets["ownership"]["owners"] == [{"name": "team:bikes", "type": "MAINTAINER"}]
    assert facets["dataQualityMetrics"]["rowCount"] == 1
    (masked,) = facets["columnLineage"]["fields"]["who"]["inputFields"]
    assert masked["transformations"][0]["masking"] is True


def test_a_failure_is_told_with_its_mend(a_lake):
    _told(a_lake)
    message = _one(a_lake, "FAIL", "exploitation.wrong")["run"]["facets"]["errorMessage"]["message"]
    assert "to mend:" in message


def test_no_value_is_told(a_lake):
    _told(a_lake)
    text = (a_lake.folder / "lake" / EVENTS_FILE).read_text()
    assert "Margaret" not in text
    assert "Katherine" not in text


def test_events_are_told_only_where_they_are_asked_for(a_lake):
    a_lake.ingest()
    assert not (a_lake.folder / "lake" / EVENTS_FILE).exists()


def test_a_second_run_adds_to_the_file_and_the_file_is_no_table(a_lake):
    where = a_lake.folder / "told" / "events.ndjson"
    _told(a_lake, str(where))
    first = where.read_text()
    _told(a_lake, str(where))
    assert where.read_text().startswith(first)
    assert len(where.read_text()) > len(first)
    _told(a_lake)
    assert "governance.openlineage" not in a_lake.versions()


class _Endpoint(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.heard.append((self.path, self.headers["Authorization"], json.loads(body)))
        self.send_response(201)
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def endpoint():
    server = HTTPServer(("127.0.0.1", 0), _Endpoint)
    server.heard = []
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def test_an_endpoint_is_told_with_the_key_from_the_environment(a_lake, endpoint, monkeypatch):
    monkeypatch.setenv("CATALOGUE_KEY", "open-sesame")
    _told(a_lake, f"http://127.0.0.1:{endpoint.server_port}", "CATALOGUE_KEY")
    paths = {(path, key) for path, key, _ in endpoint.heard}
    assert paths == {("/api/v1/lineage", "Bearer open-sesame")}
    assert len(endpoint.heard) == 12
    assert [fault for _, _, event in endpoint.heard for fault in faults(event)] == []


def test_an_endpoint_that_is_not_there_stops_nothing_and_is_told_once(a_lake, endpoint, caplog):
    endpoint.shutdown()
    endpoint.server_close()
    with caplog.at_level(logging.WARNING, "lake_assets.lineage.emitter"):
        _told(a_lake, f"http://127.0.0.1:{endpoint.server_port}")
    assert a_lake.rows("exploitation.doubled", "id", "twice") == [(1, 5.0)]
    (warned,) = [each.getMessage() for each in caplog.records if each.name == "lake_assets.lineage.emitter"]
    assert warned.startswith("OpenLineage events of this run are no longer told: ")


@pytest.mark.parametrize(
    ("root", "where", "key_env", "what"),
    [
        ("s3://bucket/lake", "file", "", "cannot be appended"),
        ("lake", "http://127.0.0.1:9", "NO_SUCH_KEY", "NO_SUCH_KEY is not set"),
    ],
)
def test_what_cannot_be_told_is_refused_at_the_start(tmp_path, root, where, key_env, what):
    settings = Settings(root, (tmp_path,), tmp_path, openlineage=where, openlineage_key_env=key_env)
    with pytest.raises(SettingsError, match=what):
        open_emitter(settings, LakeRoot(root), Run("a run", datetime.now(UTC), "0"))


def test_the_environment_asks_for_events(monkeypatch):
    monkeypatch.setenv("LAKE_OPENLINEAGE", "https://catalogue.example/told")
    monkeypatch.setenv("LAKE_OPENLINEAGE_KEY_ENV", "CATALOGUE_KEY")
    settings = Settings.from_environment()
    assert (settings.openlineage, settings.openlineage_key_env) == (
        "https://catalogue.example/told",
        "CATALOGUE_KEY",
    )
