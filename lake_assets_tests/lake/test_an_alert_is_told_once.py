"""Alerts go to a real webhook: once when something comes to ask for attention, once when it is over."""

import json
import shutil
from collections.abc import Iterator

import pytest

import lake_assets.declarations as declared
from lake_assets.errors import DeclarationError
from lake_assets.lake import tell_alerts, webhook
from lake_assets_tests.webhook import Webhook, serving

BLOCKING = (
    "bikes: {from: '*.csv', key: [id], columns: {id: int, rider: {type: text, personal: true}}, rules: [%s]}"
)
RULE = "{not_null: [rider], severity: block}"


@pytest.fixture
def hook(monkeypatch) -> Iterator[Webhook]:
    monkeypatch.setattr(webhook, "_PAUSE_S", 0.01)
    with serving() as server:
        monkeypatch.setenv("LAKE_TEST_ALERTS", server.url)
        yield server


@pytest.fixture
def blocked(a_lake):
    """A lake whose blocking rule stands broken, with alerts declared."""
    a_lake.declare(BLOCKING % RULE)
    (a_lake.folder / "defs/alerts.yaml").write_text("alerts: [{url_env: LAKE_TEST_ALERTS}]\n")
    a_lake.drop("a.csv", "id,rider\n1,Ada\n2,\n")
    a_lake.lake.ingest()
    return a_lake


def test_once_though_it_is_looked_at_again(blocked, hook):
    assert tell_alerts(blocked.lake) == []
    assert tell_alerts(blocked.lake) == []
    (told,) = hook.taken
    assert (told["kind"], told["place"], told["state"]) == ("block", "trusted.bikes", "raised")
    assert told["text"].startswith("block at trusted.bikes: a blocking rule stands broken")
    assert "to mend: " in told["text"]
    assert "Ada" not in json.dumps(told)


def test_once_more_when_it_is_over_and_again_when_it_comes_back(blocked, hook):
    tell_alerts(blocked.lake)
    for rows in ("3,Grace\n", "4,\n"):
        blocked.drop(f"{rows[0]}.csv", f"id,rider\n{rows}")
        blocked.lake.ingest()
        tell_alerts(blocked.lake)
    assert [each["state"] for each in hook.taken] == ["raised", "resolved", "raised"]
    assert hook.texts[1].startswith("over: block at trusted.bikes")


def test_what_may_pass_is_tried_again(blocked, hook):
    hook.refusals = [503, 429]
    assert tell_alerts(blocked.lake) == []
    assert (hook.asked, len(hook.taken)) == (3, 1)


def test_what_nobody_took_is_told_the_next_time_without_the_url(blocked, hook):
    hook.refusals = [404]
    (trouble,) = tell_alerts(blocked.lake)
    assert hook.asked == 1, "a 404 does not pass"
    assert "LAKE_TEST_ALERTS" in str(trouble)
    assert "secret-token" not in str(trouble)
    assert tell_alerts(blocked.lake) == []
    assert len(hook.taken) == 1


def test_a_webhook_that_is_gone_is_told_without_the_url(blocked, hook, monkeypatch):
    monkeypatch.setenv("LAKE_TEST_ALERTS", "http://127.0.0.1:9/secret-token")
    (trouble,) = tell_alerts(blocked.lake)
    assert "secret-token" not in str(trouble)
    assert not hook.taken


def test_a_failure_is_over_when_the_step_succeeds(blocked, hook):
    tell_alerts(blocked.lake)
    failed = {"temporary_landing.bikes": "ConnectorError"}
    for _ in range(2):
        tell_alerts(blocked.lake, failed=failed)
    tell_alerts(blocked.lake)
    assert hook.texts[1:] == ["failure at temporary_landing.bikes: failed: ConnectorError"]
    tell_alerts(blocked.lake, succeeded={"temporary_landing.bikes"})
    assert hook.texts[2:] == ["over: failure at temporary_landing.bikes: failed: ConnectorError"]


def test_only_the_kinds_and_tables_that_a_route_is_declared_for(blocked, hook):
    routes = "alerts: [{url_env: LAKE_TEST_ALERTS, kinds: [stale], tables: 'exploitation.*'}]\n"
    (blocked.folder / "defs/alerts.yaml").write_text(routes)
    blocked.declare(BLOCKING.replace("key", "fresh_within: 1s, key") % RULE)
    tell_alerts(blocked.lake)
    assert not hook.taken
    blocked.declare_table("ids", "/*\ndescription: ids\nfresh_within: 1h\n*/\nSELECT id FROM trusted.bikes")
    tell_alerts(blocked.lake)
    assert hook.texts == ["stale at exploitation.ids: did not change within 1h"]


def test_the_record_lost_has_it_told_once_more(blocked, hook):
    tell_alerts(blocked.lake)
    shutil.rmtree(blocked.folder / "lake/governance/alerts")
    tell_alerts(blocked.lake)
    assert len(hook.taken) == 2


def test_a_variable_that_is_not_set_is_told_with_the_place(blocked, monkeypatch):
    monkeypatch.delenv("LAKE_TEST_ALERTS", raising=False)
    (trouble,) = tell_alerts(blocked.lake)
    assert "alerts.yaml:1" in str(trouble)


def test_without_a_declaration_nothing_is_told_or_written(a_lake, hook):
    a_lake.declare("bikes: {from: '*.csv', fresh_within: 1d}")
    assert tell_alerts(a_lake.lake) == []
    assert not hook.taken
    assert not (a_lake.folder / "lake/governance/alerts").exists()


def test_a_wrong_declaration_is_told_with_line_and_column(blocked):
    (blocked.folder / "defs/alerts.yaml").write_text("alerts:\n  - {url: http://x}\n")
    with pytest.raises(DeclarationError, match=r"alerts\.yaml:2:"):
        declared.alert_routes(blocked.lake.settings.defs)
    (trouble,) = tell_alerts(blocked.lake)
    assert isinstance(trouble, DeclarationError)
