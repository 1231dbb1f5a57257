"""Point at data, add it, ingest it, look at it: the commands that each step names are all it takes."""

import json
import shlex
import sqlite3
import sys

import pytest
from click.testing import CliRunner

from lake_assets.cli import main
from lake_assets_tests.connectors.served_programs import served
from lake_assets_tests.connectors.servers import unused_url

pytestmark = pytest.mark.heavy

_HTTPBIN = "import sys; from httpbin import app; app.run('127.0.0.1', int(sys.argv[1]), threaded=True)"


@pytest.fixture
def add(small_lake):
    """Add what somebody points at, and follow the command that is told."""

    def added(*words):
        told = small_lake.run("add", *words)
        assert told.exit_code == 0, told.stderr
        done = CliRunner().invoke(main, shlex.split(told.stdout.splitlines()[-1])[1:], catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return told.stdout

    return added


def rows(small_lake, table):
    return small_lake.json("show", f"trusted.{table}")["rows"]


def columns(small_lake, table):
    described = small_lake.json("show", f"trusted.{table}")["columns"]
    return {each["name"]: each["type"] for each in described if not each["name"].startswith("_")}


def test_a_folder_of_csv_files(small_lake, add):
    iban = "GB82WEST12345698765432"
    header = "customer_id,full_name,e_mail,iban,country,joined"
    people = [
        f"{number},Ada Nr{number},ada{number}@example.org,{iban},{country},2024-05-{1 + number % 28:02d}"
        for number, country in zip(range(150), ["GB", "ES"] * 75, strict=True)
    ]
    for month in (1, 2):
        trips = "".join(f"{month}{number:03d};{number / 4};{51 + number / 1000}\n" for number in range(120))
        small_lake.write(f"given/trips-2024-{month:02d}.csv", f"trip_id;price;latitude\n{trips}")
    small_lake.write("given/customers.csv", "\n".join([header, *people]) + "\n")
    assert "trips (csv, 3 columns)" in add("given")
    assert rows(small_lake, "trips") == 240
    assert columns(small_lake, "trips") == {"trip_id": "Int64", "price": "Float64", "latitude": "Float64"}
    assert columns(small_lake, "customers")["joined"] == "Date"
    declared = (small_lake.folder / "defs/given/defs.yaml").read_text()
    for expected in ("separator: ;", "e-mail address", "IBAN", "country code", "degrees", "personal: true"):
        assert expected in declared
    assert "ada1@example.org" not in declared
    shown = small_lake.run("show", "trusted.customers").stdout
    assert "ada1@example.org" not in shown


def test_an_api_that_pages_as_datasette_does(small_lake, add):
    file = small_lake.folder / "air.db"
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE hours (id INTEGER PRIMARY KEY, at TEXT, wind REAL)")
        readings = [(number, f"2013-01-01T{number % 24:02d}:00:00Z", number / 8) for number in range(250)]
        connection.executemany("INSERT INTO hours VALUES (?, ?, ?)", readings)
    connection.close()
    address = unused_url()
    command = [sys.executable, "-m", "datasette", "serve", str(file), "--host", "127.0.0.1", "--port"]
    with served([*command, address.rpartition(":")[2]], f"{address}/-/versions.json"):
        told = add(f"{address}/air/hours.json?_shape=objects&_size=100", "--name", "hours")
        assert "hours (json" in told
        assert rows(small_lake, "hours") == 250
        assert columns(small_lake, "hours")["at"].startswith("Datetime")
        again = small_lake.json("ingest", "hours")
    assert not any(step["is_changed"] for step in again["steps"])


def test_a_document_as_httpbin_sends_it(small_lake, add):
    address = unused_url()
    with served([sys.executable, "-c", _HTTPBIN, address.rpartition(":")[2]], f"{address}/get"):
        told = add(f"{address}/json", "--name", "slides")
    assert "slides (json" in told
    assert rows(small_lake, "slides") > 0


def test_a_bucket(small_lake, add, s3_options, monkeypatch):
    import boto3
    import polars as pl

    for name, value in {
        "AWS_ENDPOINT_URL": s3_options["aws_endpoint_url"],
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "lake",
        "AWS_SECRET_ACCESS_KEY": "s3cr3t-of-the-tests",
    }.items():
        monkeypatch.setenv(name, value)
    client = boto3.client("s3")
    try:
        client.create_bucket(Bucket="newcomers-bucket")
        for month in (1, 2):
            made = small_lake.folder / "made.parquet"
            pl.DataFrame({"hire_id": range(month * 1000, month * 1000 + 50), "price": [1.5] * 50}).cast(
                {"hire_id": pl.Int32}
            ).write_parquet(made)
            client.put_object(
                Bucket="newcomers-bucket", Key=f"raw/rides-{month}.parquet", Body=made.read_bytes()
            )
        add("s3://newcomers-bucket/raw/")
        assert rows(small_lake, "rides") == 100
        assert columns(small_lake, "rides") == {"hire_id": "Int64", "price": "Float64"}
    finally:
        client.close()


def test_what_add_declares_is_what_infer_told(small_lake, add):
    small_lake.write("given/trips.csv", "trip_id,price\n" + "".join(f"{n},{n / 2}\n" for n in range(30)))
    inferred = json.loads(small_lake.run("infer", "given/trips.csv", "--json").stdout)
    add("given/trips.csv")
    assert (small_lake.folder / "defs/trips/defs.yaml").read_text() == inferred["yaml"]
