"""`lake ingest` and `lake alerts` tell a webhook what came to ask for attention."""

import pytest

from lake_assets_tests.webhook import serving


@pytest.fixture
def hook(small_lake, monkeypatch):
    with serving() as server:
        monkeypatch.setenv("OPERATIONS_WEBHOOK", server.url)
        small_lake.write("defs/alerts.yaml", "alerts: [{url_env: OPERATIONS_WEBHOOK}]\n")
        yield server


def test_ingest_tells_what_is_blocked_and_what_failed(small_lake, hook):
    small_lake.declare("block")
    small_lake.declare_failing()
    small_lake.run("ingest")
    assert {(each["kind"], each["place"]) for each in hook.taken} == {
        ("block", "trusted.bike_hires"),
        ("failure", "temporary_landing.unreachable"),
    }
    assert "Ada" not in str(hook.taken)
    small_lake.run("ingest")
    assert len(hook.taken) == 2


def test_alerts_prints_what_it_finds_and_tells_it(small_lake, hook):
    assert small_lake.run("alerts").stdout == "nothing asks for attention\n"
    small_lake.declare("block")
    small_lake.run("ingest")
    (found,) = small_lake.json("alerts")
    assert (found["kind"], found["table"]) == ("block", "trusted.bike_hires")
    assert "trusted.bike_hires" in small_lake.run("alerts").stdout
    assert len(hook.taken) == 1


def test_a_webhook_that_takes_nothing_is_the_exit_status(small_lake, hook):
    small_lake.declare("block")
    hook.refusals = [404] * 9
    small_lake.run("ingest")
    done = small_lake.run("alerts")
    assert done.exit_code == 1
    assert "OPERATIONS_WEBHOOK" in done.stderr
    assert "secret-token" not in done.stderr
