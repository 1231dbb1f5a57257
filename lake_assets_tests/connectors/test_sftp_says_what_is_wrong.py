import logging
import socket
import sys
import threading
import traceback

import pytest

from lake_assets.connectors.sftp import Sftp
from lake_assets.errors import ConnectorError, DeclarationError, SettingsError
from lake_assets.model import Dataset, Source
from lake_assets_tests.connectors.memory import Memory, land
from lake_assets_tests.connectors.sftp_server import SECRET, new_key

OPTIONS = {"host": "127.0.0.1", "username": "lake", "password_env": "LAKE_TEST_SECRET", "settle_s": 0}
FINGERPRINT = "SHA256:" + "A" * 43


@pytest.fixture(autouse=True)
def _secret(monkeypatch):
    monkeypatch.setenv("LAKE_TEST_SECRET", SECRET)


def store(options):
    return Sftp(Source("store", "sftp", options))


def refusal(options, origin="*.csv"):
    with pytest.raises(ConnectorError) as caught:
        land(store(options), Dataset("hires", "store", origin=origin), Memory())
    assert SECRET not in "".join(traceback.format_exception(caught.value))
    assert "source store, dataset hires" in caught.value.place
    return caught.value


@pytest.mark.parametrize("named", [{}, {"known_hosts": "x", "host_key": FINGERPRINT}])
def test_the_key_of_the_server_must_be_named_once(named):
    with pytest.raises(DeclarationError, match="name the server's key"):
        store({**OPTIONS, **named})


@pytest.mark.parametrize("named", [{"password_env": ""}, {"key_file": "x"}])
def test_what_proves_who_asks_must_be_named_once(named):
    with pytest.raises(DeclarationError, match="name what proves who asks"):
        store({**OPTIONS, "host_key": FINGERPRINT, **named})


@pytest.mark.parametrize("fingerprint", ["MD5:00:11", "SHA256:short", "ssh-ed25519 AAAA"])
def test_a_fingerprint_is_as_openssh_shows_it(fingerprint):
    with pytest.raises(DeclarationError, match="host_key"):
        store({**OPTIONS, "host_key": fingerprint})


def test_a_variable_that_is_not_set_is_named(monkeypatch):
    monkeypatch.delenv("LAKE_TEST_SECRET")
    with pytest.raises(SettingsError, match="LAKE_TEST_SECRET"):
        refusal({**OPTIONS, "host_key": FINGERPRINT})


def test_a_missing_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "paramiko", None)
    error = refusal({**OPTIONS, "host_key": FINGERPRINT})
    assert error.mend == "pip install 'lake-assets[sftp]'"


def test_a_file_of_keys_that_is_not_there(tmp_path):
    assert "is not there" in refusal({**OPTIONS, "known_hosts": str(tmp_path / "none")}).what


def test_nobody_listens():
    error = refusal({**OPTIONS, "port": 1, "host_key": FINGERPRINT})
    assert error.what.startswith("the server cannot be reached")


def _answer(listening):
    with listening.accept()[0] as accepted:
        accepted.sendall(b"HTTP/1.1 400\r\n\r\n")


def test_a_server_of_another_kind():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        answering = threading.Thread(target=_answer, args=(listening,), daemon=True)
        answering.start()
        error = refusal(
            {**OPTIONS, "port": listening.getsockname()[1], "host_key": FINGERPRINT, "timeout_s": 2}
        )
        answering.join(5)
    assert error.what.startswith("no session can be begun")


@pytest.mark.heavy
def test_a_server_with_another_key_is_refused_before_anything_is_sent(sshd, tmp_path):
    error = refusal(sshd.options(tmp_path, host_key=FINGERPRINT))
    assert error.what.startswith("the server is not the one that is declared")
    assert sshd.fingerprint in error.what
    assert "ask its owner for the fingerprint" in error.mend


@pytest.mark.heavy
def test_a_server_is_known_by_known_hosts(sshd, tmp_path):
    host, known, path = f"[127.0.0.1]:{sshd.port}", tmp_path / "known_hosts", tmp_path / "files"
    path.mkdir()
    (path / "a.csv").write_bytes(b"1")
    other = tmp_path / "other"
    new_key(other)
    options = sshd.options(path, host_key="", known_hosts=str(known))
    for key, expected in ((other, "is not the one"), (None, "is not the one")):
        known.write_text(f"{host} {key.with_suffix('.pub').read_text()}" if key else "")
        assert expected in refusal(options).what
    known.write_text(f"{host} {(sshd.folder / 'host_key.pub').read_text()}")
    assert len(land(store(options), Dataset("hires", "store", origin="*.csv"), Memory())) == 1


@pytest.mark.heavy
def test_a_key_without_a_passphrase(sshd, tmp_path):
    (tmp_path / "a.csv").write_bytes(b"1")
    options = sshd.options(tmp_path, key_file=str(sshd.folder / "bare_key"), passphrase_env="")
    assert len(land(store(options), Dataset("hires", "store", origin="*.csv"), Memory())) == 1


@pytest.mark.heavy
def test_a_key_that_the_server_does_not_know(sshd, tmp_path):
    new_key(tmp_path / "stranger")
    error = refusal(sshd.options(tmp_path, key_file=str(tmp_path / "stranger"), passphrase_env=""))
    assert error.what.startswith("the server refuses the credentials")


@pytest.mark.heavy
def test_a_password_that_the_server_does_not_take(sshd, tmp_path):
    error = refusal(sshd.options(tmp_path, key_file="", passphrase_env="", password_env="LAKE_TEST_SECRET"))
    assert error.what.startswith("the server refuses the credentials")


@pytest.mark.heavy
def test_a_passphrase_that_is_missing_or_wrong(sshd, tmp_path, monkeypatch):
    assert "passphrase" in refusal(sshd.options(tmp_path, passphrase_env="")).mend
    monkeypatch.setenv("LAKE_TEST_SECRET", "another-s3cret")
    assert "another-s3cret" not in str(refusal(sshd.options(tmp_path)))


@pytest.mark.heavy
def test_a_key_file_that_holds_none(sshd, tmp_path):
    (tmp_path / "key").write_text("nothing of the kind")
    refusal(sshd.options(tmp_path, key_file=str(tmp_path / "key"), passphrase_env=""))


@pytest.mark.heavy
@pytest.mark.skipif("__import__('os').geteuid() == 0", reason="root may read everything")
def test_a_folder_that_may_not_be_read(sshd, tmp_path):
    folder = tmp_path / "closed"
    folder.mkdir(mode=0)
    assert refusal(sshd.options(folder)).what.startswith("the server forbids it")


@pytest.mark.heavy
def test_nothing_private_is_logged(sshd, tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    (tmp_path / "a.csv").write_bytes(b"1")
    land(store(sshd.options(tmp_path)), Dataset("hires", "store", origin="*.csv"), Memory())
    assert SECRET not in caplog.text
