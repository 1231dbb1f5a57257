"""`lake quarantine` and `lake replay`, from the terminal."""

import json

import pytest
from click.testing import CliRunner

from lake_assets.cli.commands import main
from lake_assets_tests.flow.a_lake import ALake

PRICE = "columns: {{price: {column}}}, rules: [{{in_range: {{price: [0, {most}]}}}}]"
RULE = f"bikes: {{{{from: '*.csv', key: [id], {PRICE}}}}}"


@pytest.fixture
def a_lake(tmp_path):
    lake = ALake(tmp_path)
    lake.declare(RULE.format(most=9, column="int"))
    lake.drop("a.csv", "id,price\n1,5\n2,50\n3,500\n")
    lake.ingest_whole()
    return lake


def lake_command(a_lake, *arguments):
    options = ["--root", str(a_lake.folder / "lake"), "--defs", str(a_lake.folder / "defs")]
    return CliRunner().invoke(main, [*arguments, *options], catch_exceptions=False)


def test_what_is_set_aside_is_counted_by_rule(a_lake):
    told = lake_command(a_lake, "quarantine").stdout
    assert "price_in_range" in told
    found = json.loads(lake_command(a_lake, "quarantine", "bikes", "--json").stdout)
    assert [(row["rule"], row["rows"], row["files"]) for row in found["rules"]] == [("price_in_range", 2, 1)]
    assert [json.loads(row["record"])["price"] for row in found["sample"]] == [50, 500]


def test_records_with_personal_columns_are_not_shown(a_lake):
    a_lake.declare(RULE.format(most=9, column="{type: int, personal: true}"))
    told = lake_command(a_lake, "quarantine", "bikes").stdout
    assert "not shown" in told
    assert '"price"' not in told


def test_what_keeps_the_mended_rule_comes_back_and_is_told(a_lake):
    a_lake.declare(RULE.format(most=99, column="int"))
    replayed = lake_command(a_lake, "replay", "bikes", "--why", "prices went up")
    assert replayed.exit_code == 0
    assert "1 row taken back into trusted.bikes" in replayed.stdout
    told = lake_command(a_lake, "quarantine", "bikes").stdout
    assert "prices went up" in told
    status = json.loads(lake_command(a_lake, "status", "--json").stdout)
    assert status["datasets"][0]["rows_quarantined"] == 1


def test_nothing_to_take_back_is_told(a_lake):
    replayed = lake_command(a_lake, "replay", "bikes", "--why", "let us see")
    assert replayed.exit_code == 0
    assert "still breaks a rule" in replayed.stdout


def test_an_empty_quarantine_is_told(tmp_path):
    lake = ALake(tmp_path / "empty")
    lake.folder.mkdir()
    lake.declare(RULE.format(most=9, column="int"))
    assert "nothing is set aside" in lake_command(lake, "quarantine").stdout
