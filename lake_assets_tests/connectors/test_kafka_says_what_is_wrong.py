import logging
import subprocess
import sys
import traceback

import pytest

from lake_assets.connectors.kafka import Kafka
from lake_assets.errors import ConnectorError, DeclarationError, SettingsError
from lake_assets.model import Dataset, Source
from lake_assets_tests.connectors.memory import Memory, land

SECRET = "s3cr3t-of-the-tests"
SASL = {
    "security.protocol": "SASL_PLAINTEXT",
    "sasl.mechanism": "PLAIN",
    "sasl.username": "lake",
    "sasl.password": "${LAKE_TEST_SECRET}",
}


@pytest.fixture(autouse=True)
def _secret(monkeypatch):
    monkeypatch.setenv("LAKE_TEST_SECRET", SECRET)


def connector(servers="127.0.0.1:1", **options):
    return Kafka(Source("broker", "kafka", {"bootstrap_servers": servers, "timeout_s": 3, **options}))


def refusal(kafka_connector, topic="flights", **options):
    with pytest.raises(ConnectorError) as caught:
        land(kafka_connector, Dataset("flights", "broker", origin=topic, connector_options=options), Memory())
    assert SECRET not in "".join(traceback.format_exception(caught.value))
    assert "source broker, dataset flights" in caught.value.place
    return caught.value


def test_nobody_listens():
    error = refusal(connector())
    assert error.what.startswith("the cluster cannot be reached")
    assert "check bootstrap_servers" in error.mend


def test_a_server_without_a_name(caplog):
    caplog.set_level(logging.INFO)
    error = refusal(connector("no-such-host.invalid:9092"))
    assert "_RESOLVE" in error.what


@pytest.mark.heavy
def test_a_topic_that_is_not_there(kafka):
    error = refusal(connector(kafka.servers), "no-such-topic")
    assert error.what.startswith("there is no such topic (UNKNOWN_TOPIC_OR_PART")
    assert "topic no-such-topic" in error.place
    assert "correct from" in error.mend


@pytest.mark.heavy
def test_a_name_that_no_topic_can_have(kafka):
    assert refusal(connector(kafka.servers), "no such topic").what.startswith("there is no such topic")


@pytest.mark.heavy
def test_a_wrong_password(kafka, monkeypatch):
    monkeypatch.setenv("LAKE_TEST_SECRET", "another-s3cret")
    error = refusal(connector(kafka.sasl_servers, settings=SASL))
    assert error.what.startswith("the cluster refuses the credentials")
    assert "sasl" in error.mend
    assert "another-s3cret" not in str(error)


def test_a_setting_that_is_none():
    error = refusal(connector(settings={"security.protocol": "carrier pigeon"}))
    assert error.what.startswith("a setting is not valid")
    assert "correct bootstrap_servers and settings" in error.mend


def test_a_secret_in_a_setting_that_is_refused_is_not_shown():
    error = refusal(connector(settings={"security.protocol": "${LAKE_TEST_SECRET}"}))
    assert "***" in error.what


def test_a_password_must_be_named(monkeypatch):
    for name in ("sasl.password", "ssl.key.pem", "ssl.keystore.password", "sasl.oauthbearer.client.secret"):
        with pytest.raises(DeclarationError, match="is a secret: write it as") as caught:
            connector(settings={name: SECRET})
        assert SECRET not in str(caught.value)


@pytest.mark.parametrize("name", ["enable.auto.commit", "auto.offset.reset", "isolation.level"])
def test_what_exactly_once_stands_on_cannot_be_set(name):
    with pytest.raises(DeclarationError, match=f"{name} is set by the connector"):
        connector(settings={name: "x"})


def test_a_variable_that_is_not_set_is_named(monkeypatch):
    monkeypatch.delenv("LAKE_TEST_SECRET")
    with pytest.raises(SettingsError, match="LAKE_TEST_SECRET"):
        refusal(connector(settings=SASL))


def test_a_missing_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "confluent_kafka", None)
    error = refusal(connector())
    assert error.what == "the library confluent_kafka is not installed"
    assert error.mend == "pip install 'lake-assets[kafka]'"


@pytest.mark.parametrize(
    ("module", "library"),
    [("kafka", "confluent_kafka"), ("sql", "adbc_driver_manager"), ("sftp", "paramiko")],
)
def test_a_library_is_paid_for_by_its_sources_only(module, library):
    program = f"import sys, lake_assets.connectors.{module}; sys.exit('{library}' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_avro_by_registry_takes_a_registry():
    error = refusal(connector(), avro="registry")
    assert "no Schema Registry is declared" in error.what


@pytest.mark.parametrize(("content", "what"), [(None, "cannot be read"), (b"{", "is not JSON")])
def test_a_schema_that_cannot_be_read(tmp_path, monkeypatch, content, what):
    monkeypatch.setenv("LAKE_PROJECT", str(tmp_path))
    if content:
        (tmp_path / "flights.avsc").write_bytes(content)
    error = refusal(connector(), avro="flights.avsc")
    assert what in error.what
    assert "correct the path under avro" in error.mend


def test_a_user_of_the_registry_has_a_password():
    with pytest.raises(DeclarationError, match="go together"):
        connector(registry={"url": "http://127.0.0.1", "username_env": "A"})
