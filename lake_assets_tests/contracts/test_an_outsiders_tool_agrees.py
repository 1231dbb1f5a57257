"""datacontract-cli finds an exported contract valid, and counts in the trusted table what the lake counts."""

import polars as pl
import pytest

from lake_assets.contracts import contract_text
from lake_assets.lake import Lake, contract_of
from lake_assets_tests.contracts.outsider import installed

pytestmark = pytest.mark.heavy

_DEFS = """\
type: lake_assets.Source
attributes:
  name: bikes
  owner: team:mobility
  licence: CC0-1.0
  every: 1d
  connector: {kind: filesystem, path: "%s"}
  datasets:
    hires:
      from: inbox/*.csv
      description: Hires of bikes.
      grain: one hire
      columns:
        hire_id: {type: int, description: number of the hire}
        price: {type: float, unit: euro}
        city: text
        plate: text
        started: datetime
        ended: datetime
        rider: {type: text, personal: true}
        is_paid: bool
        day: date
      rules:
        - {not_null: hire_id, severity: block}
        - {not_null: price, severity: warn}
        - {unique: hire_id, severity: warn}
        - {unique: [city, plate], severity: warn}
        - {in_range: {price: [0, 500]}, severity: warn}
        - {in_set: {city: [Leeds, York]}, severity: warn}
        - {matches: {plate: "^[A-Z]{2}-[0-9]"}, severity: warn}
        - {length: {plate: [5, 6]}, severity: warn}
        - {ordered: [started, ended], severity: warn}
        - {expression: {sql: "price > 1 OR is_paid"}, severity: warn, id: paid_or_dear}
        - {determines: {plate: city}, severity: warn}
        - row_count: {min: 1, max: 5000, over: table}
        - mean: {column: price, min: 100, max: 900, over: table}
        - null_share: {column: price, max: 0.2, over: table}
        - distinct_count: {column: city, min: 3, max: 3, over: table}
        - check: {column: plate, name: str_endswith, string: X, severity: warn}
"""
_ROWS = 1_000


def _hires():
    rows = pl.int_range(_ROWS, eager=True).to_frame("n").lazy()
    n, start = pl.col("n"), pl.datetime(2024, 1, 1)
    return rows.select(
        hire_id=pl.when(n % 100 == 7).then(n - 1).otherwise(n),
        price=pl.when(n % 50 == 3).then(None).otherwise((n % 520).cast(pl.Float64) - 2),
        city=pl.when(n % 40 == 0)
        .then(pl.lit("Hull"))
        .when(n % 3 == 0)
        .then(pl.lit("York"))
        .otherwise(pl.lit("Leeds")),
        plate=pl.when(n % 90 == 0).then(pl.lit("bad")).otherwise(pl.format("AB-{}", n % 700)),
        started=(start + pl.duration(hours=n)).dt.strftime("%Y-%m-%dT%H:%M:%SZ"),
        ended=(
            start + pl.duration(hours=n) + pl.duration(minutes=pl.when(n % 60 == 0).then(-5).otherwise(30))
        ).dt.strftime("%Y-%m-%dT%H:%M:%SZ"),
        rider=pl.format("R{}", n),
        is_paid=n % 2 == 0,
        day=pl.date(2024, 1, 1) + pl.duration(days=n % 300),
    ).collect()


@pytest.fixture(scope="module")
def outsider():
    return installed()


@pytest.fixture(scope="module")
def lake(tmp_path_factory):
    folder = tmp_path_factory.mktemp("outsider")
    for name in ("inbox", "defs/bikes"):
        (folder / name).mkdir(parents=True)
    (folder / "defs/bikes/defs.yaml").write_text(_DEFS % folder)
    _hires().write_csv(folder / "inbox/hires.csv")
    filled = Lake.open(str(folder / "lake"), str(folder / "defs"))
    filled.ingest()
    return filled


@pytest.fixture(scope="module")
def contract(lake, tmp_path_factory):
    """The exported contract in a file, with a server that the outsider reads."""
    folder = tmp_path_factory.mktemp("contract")
    document = contract_of(lake, "hires")
    server = {
        "server": "duckdb",
        "type": "duckdb",
        "database": str(folder / "hires.duckdb"),
        "schema": "main",
    }
    document["servers"].append(server)
    path = folder / "hires.odcs.yaml"
    path.write_text(contract_text(document))
    return path


@pytest.fixture(scope="module")
def results(outsider, lake, contract):
    table = lake.table("trusted.hires")
    outsider.view(contract.parent / "hires.duckdb", "hires", table.uris(table.files["path"].to_list()))
    return outsider.test(contract, "duckdb")


def _verdicts(lake):
    """How the rules came out when the lake judged them."""
    verdicts = lake.steps().standing_verdicts(lake.table("trusted.hires").ref)
    return {verdict.rule_id: verdict for verdict in verdicts}


def test_it_finds_the_contract_valid(outsider, contract):
    said = outsider.lint(contract)
    assert said.returncode == 0, said.stdout + said.stderr


def test_the_schema_is_as_the_contract_says(results):
    schema = [each for each in results if each["category"] == "schema"]
    assert len(schema) >= 9
    assert {each["result"] for each in schema if each["result"] != "passed"} == set()


_COUNTED_OTHERWISE = {"hire_id_unique", "city_plate_unique", "plate_determines_city"}
"""Keys that occur several times are counted there, rows beyond the first of a key here."""


def test_every_check_is_run(results):
    not_run = [each for each in results if each["result"] not in {"passed", "warning", "failed"}]
    assert not_run == []


def test_it_counts_what_the_lake_counts(results, lake):
    verdicts = _verdicts(lake)
    checked = {each["qualityId"]: each for each in results if each.get("qualityId")}
    assert set(checked) == set(verdicts) - {"plate_str_endswith", "cells_decode"}
    for name, check in checked.items():
        assert (check["result"] == "passed") is verdicts[name].is_kept, (check, verdicts[name])
    counts = {name: check["diagnostics"]["value"] for name, check in checked.items()}
    judged = {
        name: each.broken if each.measured is None else each.measured for name, each in verdicts.items()
    }
    compared = counts.keys() - _COUNTED_OTHERWISE
    assert {name: counts[name] for name in compared} == {
        name: pytest.approx(judged[name]) for name in compared
    }
    assert any(counts[name] > 0 for name in compared)
