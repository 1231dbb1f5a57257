import pytest

import lake_assets.connectors
from lake_assets.connectors import connector_class, open_connector
from lake_assets.errors import DeclarationError
from lake_assets.model import Source

OPTIONS = {
    "filesystem": {"path": "inbox"},
    "http": {"base_url": "http://127.0.0.1:1"},
    "kafka": {"bootstrap_servers": "127.0.0.1:1"},
    "rest": {"base_url": "http://127.0.0.1:1"},
    "s3": {"bucket": "flights"},
    "sftp": {"host": "127.0.0.1", "username": "lake", "key_file": "key", "known_hosts": "known_hosts"},
    "sql": {"uri": "${DATABASE_URI}"},
}


@pytest.mark.parametrize("kind", OPTIONS)
def test_a_source_opens_the_connector_of_its_kind(kind):
    connector = open_connector(Source("s", kind, OPTIONS[kind]))
    assert type(connector) is connector_class(kind)
    assert "__doc__" in vars(type(connector))


def test_an_unknown_kind_names_the_near_ones():
    with pytest.raises(DeclarationError, match="filesytem") as caught:
        connector_class("filesytem")
    assert "did you mean filesystem" in caught.value.mend


def test_public_names_are_there():
    for name in lake_assets.connectors.__all__:
        assert getattr(lake_assets.connectors, name)
