"""A `LakeError` is told as what, at and to mend, with status 1; only a fault of ours has a traceback."""

import shlex
import subprocess

import click
import pytest
from click.testing import CliRunner

from lake_assets.cli import main
from lake_assets.cli.group import LakeGroup
from lake_assets.errors import LakeError


@click.command()
def refuse():
    raise LakeError("41 rows break the rule", place="table trusted.hires", mend="correct the file")


@click.command()
def stumble():
    raise ZeroDivisionError("nobody foresaw this")


_GROUP = LakeGroup(commands=[refuse, stumble])


def test_the_three_parts_stand_on_standard_error():
    told = CliRunner().invoke(_GROUP, ["refuse"])
    assert told.stderr == "41 rows break the rule\n  at: table trusted.hires\n  to mend: correct the file\n"
    assert (told.stdout, told.exit_code) == ("", 1)


def test_what_nobody_foresaw_keeps_its_traceback():
    with pytest.raises(ZeroDivisionError):
        CliRunner().invoke(_GROUP, ["stumble"], catch_exceptions=False)


def test_a_declaration_that_is_not_valid_is_told_with_its_line(small_lake):
    small_lake.write(
        "defs/bikes/defs.yaml", "type: lake_assets.Source\nattributes: {conector: {kind: filesystem}}\n"
    )
    told = small_lake.start("status")
    assert (told.returncode, told.stdout, "Traceback" in told.stderr) == (1, "", False)
    assert "defs.yaml:2" in told.stderr


def test_a_wrong_source_names_the_near_ones(small_lake):
    told = small_lake.run("ingest", "biks")
    assert (told.exit_code, "did you mean bikes?" in told.stderr) == (1, True)


def test_a_wrong_table_names_the_near_ones(filled_lake):
    told = filled_lake.run("show", "trusted.bike_hire")
    assert (told.exit_code, "did you mean trusted.bike_hires" in told.stderr) == (1, True)


def test_a_wrong_table_in_a_query_names_the_near_ones(filled_lake):
    told = filled_lake.run("query", "select * from trusted.bike_hire")
    assert (told.exit_code, "did you mean trusted.bike_hires" in told.stderr) == (1, True)


def test_a_wrong_zone_names_the_zones(filled_lake):
    assert "trusted" in filled_lake.run("show", "trustd.bike_hires").stderr


@pytest.mark.parametrize("words", [["tabels"], ["tables", "--rot", "x"]])
def test_a_wrong_command_or_option_names_the_near_ones(words):
    told = CliRunner().invoke(main, words)
    assert (told.exit_code, "Did you mean" in told.stderr) == (2, True)


def test_a_closed_pipe_is_no_error(small_lake, lake_command):
    small_lake.write(
        "inbox/many.csv", "hire_id,price\n" + "".join(f"{number},1\n" for number in range(50_000))
    )
    small_lake.run("ingest")
    command = [
        *lake_command,
        "query",
        *small_lake.options,
        "--csv",
        "select hire_id from trusted.bike_hires",
    ]
    piped = ["sh", "-c", f"{shlex.join(command)} | head -1"]
    done = subprocess.run(piped, capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("hire_id\n", "")
