"""The three real servers hand out what was prepared."""

import csv
import io

import boto3
import pytest
import requests

from lake_assets.demo import DemoError, serve
from lake_assets.demo._server import Program

pytestmark = pytest.mark.heavy


@pytest.fixture
def ask():
    with requests.Session() as session:
        session.trust_env = False
        yield session.get


@pytest.fixture
def bucket(servers):
    store = boto3.client(
        "s3",
        endpoint_url=servers["LAKE_DEMO_S3_ENDPOINT"],
        region_name="us-east-1",
        aws_access_key_id=servers["LAKE_DEMO_S3_KEY_ID"],
        aws_secret_access_key=servers["LAKE_DEMO_S3_SECRET"],
    )
    yield store
    store.close()


def test_the_environment_names_everything_a_lake_needs(servers, files):
    assert set(servers) == {
        "LAKE_DEMO_HOME",
        "LAKE_DEMO_FILES_URL",
        "LAKE_DEMO_WEATHER_URL",
        "LAKE_DEMO_S3_ENDPOINT",
        "LAKE_DEMO_S3_BUCKET",
        "LAKE_DEMO_S3_KEY_ID",
        "LAKE_DEMO_S3_SECRET",
        "NO_PROXY",
        "no_proxy",
    }
    assert servers["LAKE_DEMO_HOME"] == str(files.home)
    assert "127.0.0.1" in servers["NO_PROXY"].split(",")


def test_files_come_by_http_and_unchanged_ones_do_not_come_again(servers, files, ask):
    first = ask(f"{servers['LAKE_DEMO_FILES_URL']}/airports.csv", timeout=10)
    assert first.content == (files.http / "airports.csv").read_bytes()
    known = {"If-Modified-Since": first.headers["Last-Modified"]}
    assert ask(first.url, headers=known, timeout=10).status_code == 304


def test_following_the_pages_gives_every_hour_of_weather_once(servers, ask, raw):
    url, rows, page_sizes = (
        f"{servers['LAKE_DEMO_WEATHER_URL']}/weather/weather.json?_shape=objects&_size=1000",
        [],
        [],
    )
    while url:
        page = ask(url, timeout=30).json()
        rows += page["rows"]
        page_sizes.append(len(page["rows"]))
        url = page["next_url"]
    assert page_sizes == [1000] * 26 + [115]
    assert [row["rowid"] for row in rows] == list(range(1, 26_116))
    lines = csv.DictReader(io.StringIO(raw("weather.csv").decode()))
    assert [row["time_hour"] for row in rows] == [line["time_hour"] for line in lines]


def test_weather_after_a_known_row_is_asked_for_alone(servers, ask):
    url = f"{servers['LAKE_DEMO_WEATHER_URL']}/weather/weather.json?_shape=objects&_size=1000&_sort=rowid"
    page = ask(f"{url}&rowid__gt=26110", timeout=30).json()
    assert [row["rowid"] for row in page["rows"]] == [26_111, 26_112, 26_113, 26_114, 26_115]
    empty = ask(f"{url}&rowid__gt=26115", timeout=30).json()
    assert (empty["rows"], empty["next"], empty["next_url"]) == ([], None, None)


def test_the_bucket_holds_the_planes(servers, files, bucket):
    name = servers["LAKE_DEMO_S3_BUCKET"]
    listed = bucket.list_objects_v2(Bucket=name, Prefix="planes/")["Contents"]
    assert [entry["Key"] for entry in listed] == ["planes/planes-1.csv", "planes/planes-2.csv"]
    for entry in listed:
        body = bucket.get_object(Bucket=name, Key=entry["Key"])["Body"].read()
        assert body == (files.s3 / entry["Key"]).read_bytes()


def test_hosts_reached_without_a_proxy_before_still_are(files, monkeypatch):
    monkeypatch.setenv("no_proxy", "intranet, localhost")
    with serve(files) as started:
        assert started.environment["no_proxy"] == "intranet,localhost,127.0.0.1"


def test_one_server_that_fails_stops_the_others(files, monkeypatch, ask):
    monkeypatch.setattr("lake_assets.demo.servers._S3", Program("s3", ("http.server", "no-port"), "/"))
    with pytest.raises(DemoError, match="server 's3' ended with code 2"), serve(files):
        pytest.fail("it must not come up")
    address = (files.logs / "files.log").read_text().split("(")[1].split(")")[0]
    with pytest.raises(requests.ConnectionError):
        ask(address, timeout=10)
