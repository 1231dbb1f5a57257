import botocore.exceptions
import pytest
import requests
import urllib3
from botocore.exceptions import BotoCoreError, ClientError

from lake_assets.connectors._s3_client import mapped
from lake_assets.connectors._secrets import Secrets
from lake_assets.connectors._site import Site
from lake_assets.errors import ConnectorError


def below(kind):
    return {kind} | {found for child in kind.__subclasses__() for found in below(child)}


def made(kind):
    """An error of a kind, whatever its constructor asks for."""
    error = kind.__new__(kind)
    error.args = ("what the library says",)
    return error


HTTP = (
    below(requests.RequestException)
    | below(urllib3.exceptions.HTTPError)
    | {OSError, ValueError, UnicodeError}
)
BOTO = below(BotoCoreError) | {OSError, ValueError}


@pytest.mark.parametrize("kind", sorted(HTTP, key=str), ids=lambda kind: kind.__qualname__)
def test_what_comes_from_requests_becomes_a_connector_error(kind):
    site = Site(requests.Session(), "http://x", 5, Secrets([]))
    with pytest.raises(ConnectorError) as caught, site._mapped("here"):
        raise made(kind)
    assert isinstance(caught.value.__cause__, kind)
    assert kind.__name__ in caught.value.what
    assert "{" not in caught.value.what
    assert caught.value.place == "here"
    assert caught.value.mend


@pytest.mark.parametrize("kind", sorted(BOTO, key=str), ids=lambda kind: kind.__qualname__)
def test_what_comes_from_boto3_becomes_a_connector_error(kind):
    with pytest.raises(ConnectorError) as caught, mapped("here"):
        raise made(kind)
    assert isinstance(caught.value.__cause__, kind)
    assert caught.value.place == "here"
    assert caught.value.mend


@pytest.mark.parametrize("code", ["NoSuchBucket", "AccessDenied", "SlowDown", "SomethingNew", ""])
def test_what_an_object_store_says_becomes_a_connector_error(code):
    response = {"Error": {"Code": code}} if code else {}
    with pytest.raises(ConnectorError) as caught, mapped("here"):
        raise ClientError(response, "GetObject")
    assert (code or "no code") in caught.value.what
    assert caught.value.mend


@pytest.mark.parametrize(
    ("error", "what"),
    [
        (botocore.exceptions.NoCredentialsError(), "no credentials"),
        (botocore.exceptions.IncompleteReadError(actual_bytes=1, expected_bytes=2), "the object is cut"),
        (botocore.exceptions.ResponseStreamingError(error="x"), "the object is cut"),
        (botocore.exceptions.EndpointConnectionError(endpoint_url="x"), "cannot be reached"),
        (botocore.exceptions.ParamValidationError(report="x"), "cannot be asked"),
    ],
)
def test_failures_of_boto3_are_told_apart(error, what):
    with pytest.raises(ConnectorError, match=what), mapped("here"):
        raise error


def test_an_error_of_ours_passes_unchanged():
    ours = ConnectorError("ours")
    with pytest.raises(ConnectorError) as caught, mapped("here"):
        raise ours
    assert caught.value is ours
