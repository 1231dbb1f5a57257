"""Whatever the libraries of Kafka, SQL and SFTP raise becomes one kind of error, with what to do about it."""

import pickle
import socket

import paramiko
import pyarrow as pa
import pytest
from adbc_driver_manager import dbapi
from confluent_kafka import KafkaError, KafkaException
from paramiko.ssh_exception import BadHostKeyException, NoValidConnectionsError

from lake_assets.connectors import _sftp_session, _sql_database
from lake_assets.connectors._kafka_client import Cluster
from lake_assets.connectors._kafka_options import KafkaOptions
from lake_assets.connectors._secrets import Secrets
from lake_assets.errors import ConnectorError

SECRET = "s3cr3t-of-the-tests"
CODES = sorted(name for name in dir(KafkaError) if name.strip("_").isupper())


@pytest.fixture(scope="module")
def cluster():
    return Cluster(KafkaOptions(bootstrap_servers="127.0.0.1:1"), "lake_assets.tests", "here")


@pytest.mark.parametrize("name", CODES)
def test_what_kafka_says(cluster, name):
    with pytest.raises(ConnectorError) as caught, cluster.mapped():
        raise KafkaException(KafkaError(getattr(KafkaError, name), "what it says"))
    assert "what it says" in caught.value.what
    assert (caught.value.place, bool(caught.value.mend)) == ("here", True)
    assert isinstance(caught.value.__cause__, KafkaException)


def test_what_kafka_says_without_a_code(cluster):
    with pytest.raises(ConnectorError, match="odd"), cluster.mapped():
        raise KafkaException("odd")


def test_a_secret_that_kafka_repeats_is_hidden(monkeypatch):
    monkeypatch.setenv("LAKE_TEST_SECRET", SECRET)
    options = KafkaOptions(bootstrap_servers="x", settings={"sasl.password": "${LAKE_TEST_SECRET}"})
    with pytest.raises(ConnectorError) as caught, Cluster(options, "g", "here").mapped():
        raise KafkaException(KafkaError(KafkaError._AUTHENTICATION, f"bad {SECRET}"))
    assert SECRET not in f"{caught.value}{caught.value.__cause__}"
    assert "bad ***" in caught.value.what
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)  # noqa: S301  our own


SQL = [
    dbapi.OperationalError("x", status_code=3),
    dbapi.ProgrammingError("x", status_code=3, sqlstate="42P01"),
    dbapi.InternalError("x", status_code=3, sqlstate="57014"),
    dbapi.InternalError("x", status_code=3, sqlstate="40001"),
    dbapi.InternalError("x", status_code=3, sqlstate="08006"),
    dbapi.InternalError("x", status_code=3, sqlstate="28P01"),
    dbapi.InternalError("x", status_code=3, sqlstate="XX000"),
    pa.ArrowInvalid("x"),
    OSError("x"),
]


@pytest.mark.parametrize("error", SQL, ids=[f"sql-{number}" for number in range(len(SQL))])
def test_what_a_database_says(error):
    with pytest.raises(ConnectorError) as caught, _sql_database.mapped("here", Secrets([])):
        raise error
    assert caught.value.__cause__ is error
    assert (caught.value.place, bool(caught.value.mend)) == ("here", True)


KEY = paramiko.ECDSAKey.generate()
SFTP = [
    (BadHostKeyException("h", KEY, KEY), "not the one that is declared"),
    (paramiko.PasswordRequiredException("x"), "needs a passphrase"),
    (paramiko.AuthenticationException("x"), "refuses the credentials"),
    (PermissionError(13, "x"), "forbids it"),
    (FileNotFoundError(2, "x"), "is not there"),
    (NoValidConnectionsError({("h", 1): OSError("x")}), "cannot be reached"),
    (socket.gaierror(-2, "x"), "cannot be reached"),
    (TimeoutError("x"), "cannot be reached"),
    (ConnectionResetError(104, "x"), "the connection is lost"),
    (OSError("Failure"), "answers with an error"),
    (EOFError(), "the connection is lost"),
    (paramiko.SSHException("x"), "the connection is lost"),
    (ValueError("x"), "the connection is lost"),
]


@pytest.mark.parametrize(("error", "what"), SFTP, ids=[f"sftp-{number}" for number in range(len(SFTP))])
def test_what_a_file_server_says(error, what):
    with pytest.raises(ConnectorError, match=what) as caught, _sftp_session.mapped("here", Secrets([])):
        raise error
    assert caught.value.__cause__ is error
    assert (caught.value.place, bool(caught.value.mend)) == ("here", True)
