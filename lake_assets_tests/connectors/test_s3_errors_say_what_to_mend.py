import subprocess
import sys
import traceback

import pytest

from lake_assets.connectors.s3 import S3
from lake_assets.errors import ConnectorError, DeclarationError, SettingsError
from lake_assets.model import Dataset, Source
from lake_assets_tests.connectors.memory import Memory, land
from lake_assets_tests.connectors.servers import Answer, scripted

SECRET = "s3cr3t-of-the-tests"


def refusal(options):
    with pytest.raises(ConnectorError) as caught:
        land(S3(Source("s", "s3", {"retries": 0, **options})), Dataset("d", "s"), Memory())
    assert SECRET not in "".join(traceback.format_exception(caught.value))
    assert "source s, dataset d, bucket" in caught.value.place
    return caught.value


def test_a_bucket_that_is_not_there(bucket):
    error = refusal({**bucket.options, "bucket": "no-such-bucket"})
    assert "NoSuchBucket" in error.what
    assert "bucket no-such-bucket" in error.place
    assert "correct bucket" in error.mend


def test_a_name_that_no_bucket_can_have(bucket):
    assert "correct endpoint_url, bucket" in refusal({**bucket.options, "bucket": "no/such bucket"}).mend


def test_an_address_that_is_none(bucket):
    assert "correct endpoint_url" in refusal({**bucket.options, "endpoint_url": "not an address"}).mend


@pytest.mark.parametrize(
    ("status", "code", "mend"),
    [
        (403, "AccessDenied", "credentials"),
        (403, "InvalidAccessKeyId", "credentials"),
        (403, "SignatureDoesNotMatch", "credentials"),
        (400, "ExpiredToken", "credentials"),
        (400, "AuthorizationHeaderMalformed", "region"),
        (503, "SlowDown", "run again later"),
        (400, "SomethingElse", "look the code up"),
    ],
)
def test_a_refusal_of_the_store(monkeypatch, status, code, mend):
    monkeypatch.setenv("LAKE_TEST_SECRET", SECRET)
    body = f"<Error><Code>{code}</Code><Message>no</Message></Error>".encode()
    credentials = {"key_id_env": "LAKE_TEST_SECRET", "secret_env": "LAKE_TEST_SECRET"}
    with scripted(lambda _asked: Answer(body, status=status)) as store:
        error = refusal({"bucket": "x", "endpoint_url": store.url, "region": "us-east-1", **credentials})
    assert error.what == f"the store refuses: {code}"
    assert mend in error.mend


def test_no_credentials(monkeypatch, bucket, tmp_path):
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    error = refusal({**bucket.options, "key_id_env": "", "secret_env": ""})
    assert error.what.startswith("no credentials are found")
    assert "AWS_ACCESS_KEY_ID" in error.mend


def test_credentials_of_the_environment_are_the_default(monkeypatch, bucket):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "lake")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    bucket.put("x.csv", b"1")
    options = {**bucket.options, "key_id_env": "", "secret_env": ""}
    assert len(land(S3(Source("s", "s3", options)), Dataset("d", "s"), Memory())) == 1


def test_a_variable_that_is_not_set_is_named(bucket, monkeypatch):
    monkeypatch.delenv("LAKE_TEST_SECRET")
    with pytest.raises(SettingsError, match="LAKE_TEST_SECRET"):
        land(S3(Source("s", "s3", bucket.options)), Dataset("d", "s"), Memory())


@pytest.mark.parametrize("half", [{"key_id_env": "A"}, {"secret_env": "A"}])
def test_half_a_credential_is_refused(half):
    with pytest.raises(DeclarationError, match="go together"):
        S3(Source("s", "s3", {"bucket": "x", **half}))


def test_boto3_is_paid_for_by_s3_sources_only():
    program = "import sys, lake_assets.connectors.s3; sys.exit('boto3' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
