"""An S3 URI is an object, the objects of a glob, or all kinds of objects below a prefix."""

import pytest

from lake_assets.errors import ConnectorError

_HIRES = b"hire_id,price\n" + b"".join(b"%d,2.5\n" % number for number in range(100))


@pytest.fixture
def bucket(s3_options, monkeypatch, request):
    import boto3

    monkeypatch.setenv("AWS_ENDPOINT_URL", s3_options["aws_endpoint_url"])
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "lake")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "s3cr3t-of-the-tests")
    client = boto3.client("s3")
    name = request.node.name.replace("_", "-").lower()[:60]
    client.create_bucket(Bucket=name)
    for key, body in {
        "raw/hires-2024-01.csv": _HIRES,
        "raw/hires-2024-02.csv": _HIRES.replace(b"2.5", b"4.0"),
        "raw/stations.json": b'[{"id": 1}]',
    }.items():
        client.put_object(Bucket=name, Key=key, Body=body)
    yield name
    client.close()


def test_an_object(bucket, project, as_declared):
    draft = project.infer(f"s3://{bucket}/raw/hires-2024-01.csv")
    declared = as_declared(draft)
    assert declared["connector"] == {"kind": "s3", "bucket": bucket, "endpoint_url": "${AWS_ENDPOINT_URL}"}
    assert declared["datasets"]["hires_2024_01"]["from"] == "raw/hires-2024-01.csv"
    assert project.ingest(draft).height == 100


def test_a_prefix(bucket, project, as_declared):
    declared = as_declared(project.infer(f"s3://{bucket}/raw/"))["datasets"]
    assert {name: each["from"] for name, each in declared.items()} == {
        "hires": "raw/hires-*.csv",
        "stations": "raw/stations.json",
    }
    assert as_declared(project.infer(f"s3://{bucket}"))["name"] == bucket.replace("-", "_")


def test_a_glob(bucket, project):
    (dataset,) = project.infer(f"s3://{bucket}/raw/hires-*.csv").datasets
    assert (dataset.name, dataset.files, dataset.rows) == ("hires", 2, 200)


def test_no_such_object(bucket, project):
    with pytest.raises(ConnectorError, match="no such object"):
        project.infer(f"s3://{bucket}/raw/hires-2025")
    with pytest.raises(ConnectorError, match="names no bucket"):
        project.infer("s3:///raw")
