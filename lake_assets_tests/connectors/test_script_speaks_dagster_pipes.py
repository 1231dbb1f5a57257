"""What a program is told and what it tells, by the package that Dagster gives to programs and by hand."""

import json
import logging

import pytest

from lake_assets.errors import ConnectorError, DeclarationError
from lake_assets_tests.connectors.memory import Memory, contents, land, land_until_refused
from lake_assets_tests.connectors.script_source import DATASET, script

WRITES = 'for name in "cab": (folder / f"{name}.csv").write_text(name)\n'


def refused(connector):
    return land_until_refused(connector, DATASET, Memory())[1]


def test_the_context_is_what_dagster_pipes_reads(tmp_path):
    program = """
from dagster_pipes import open_dagster_pipes
with open_dagster_pipes() as pipes:
    found = {"asset": pipes.asset_key, "run": pipes.run_id, "extras": dict(pipes.extras), "job": pipes.job_name}
    found["partition"] = pipes.has_partition_key if hasattr(pipes, "has_partition_key") else None
    (folder / "a.csv").write_text(json.dumps(found))
    pipes.report_asset_materialization(metadata={"rows": 1}, data_version="7")
"""
    (taken,) = land(script(tmp_path, program), DATASET, Memory())
    found = json.loads(taken.content)
    assert found["asset"] == "temporary_landing/readings"
    assert len(found["run"]) == 32
    assert found["extras"]["source"], found["extras"]["dataset"] == ("meter", "readings")
    assert found["extras"]["state"] == ""


def test_what_it_logs_is_logged_without_secrets(tmp_path, monkeypatch, caplog):
    monkeypatch.setenv("METER_TOKEN", "s3cr3t-of-the-tests")
    program = (
        WRITES
        + """
from dagster_pipes import open_dagster_pipes
with open_dagster_pipes() as pipes:
    pipes.log.warning("low on " + os.environ["TOKEN"])
    pipes.report_asset_materialization(metadata={"pages": 12})
    pipes.report_asset_check("is_full", passed=False)
"""
    )
    connector = script(tmp_path, program, environment={"TOKEN": "${METER_TOKEN}"})
    with caplog.at_level(logging.INFO, logger="lake_assets.connectors.script"):
        land(connector, DATASET, Memory())
    said = [(record.levelname, record.getMessage()) for record in caplog.records]
    assert said[0] == ("WARNING", "source meter, dataset readings: low on ***")
    assert said[1][0] == "INFO"
    assert '"pages": {"raw_value": 12' in said[1][1]
    assert said[2][0] == "WARNING"
    assert '"check_name": "is_full"' in said[2][1]


def test_an_exception_that_it_tells_is_a_failure_whatever_its_status(tmp_path):
    program = (
        WRITES
        + """
from dagster_pipes import open_dagster_pipes
try:
    with open_dagster_pipes():
        raise ValueError("out of ink")
except ValueError:
    pass
"""
    )
    assert "says that it failed: ValueError: out of ink" in refused(script(tmp_path, program)).what


def test_files_it_told_of_come_first_in_its_order_and_then_the_others_by_name(tmp_path):
    program = (
        WRITES
        + 'tell(payload={"file": "b.csv"})\ntell(payload={"file": "./a.csv"})\ntell(payload=7)\ntell("other")'
    )
    assert contents(land(script(tmp_path, program), DATASET, Memory())) == [b"b", b"a", b"c"]


@pytest.mark.parametrize(
    ("program", "what"),
    [
        ('tell(payload={"file": "d.csv"})', "told of d.csv, which is not among the files that fit"),
        ('tell(payload={"file": "../a.csv"})', r"told of \.\./a\.csv"),
        ('tell(payload={"state": 7})', "told a state that is not a text"),
        ('tell(payload={"file": None})', "told a file that is not a text"),
        ('tell(payload={"state": "x" * 70000})', "cannot be handed to it again: 70000 bytes"),
        ('tell(payload={"state": "a\\0b"})', "cannot be handed to it again"),
        ('open(os.environ["LAKE_MESSAGES"], "a").write("{half of\\n")', "message 1 of the program is not"),
        ('open(os.environ["LAKE_MESSAGES"], "a").write("[]\\n")', "is none of Dagster Pipes"),
        ('os.symlink("/etc/passwd", folder / "x.csv")', "x.csv: is a link that leaves the folder"),
    ],
)
def test_what_means_nothing_is_refused_and_nothing_lands(tmp_path, program, what):
    taken, error = land_until_refused(script(tmp_path, WRITES + program), DATASET, Memory())
    assert taken == []
    with pytest.raises(ConnectorError, match=what):
        raise error


def test_files_that_do_not_fit_are_no_silence(tmp_path):
    error = refused(script(tmp_path, '(folder / "a.txt").write_text("1")'))
    assert "nothing fits *.csv, such as a.txt" in error.what


def test_one_that_writes_nothing_has_nothing_new(tmp_path):
    assert land(script(tmp_path, ""), DATASET, Memory()) == []


def test_the_state_is_that_of_the_last_file(tmp_path):
    memory = Memory()
    program = 'number = int(state or 0)\n(folder / f"{number}.csv").write_text(state)\n'
    connector = script(tmp_path, program + 'tell(payload={"state": str(number + 1)})')
    landed = [one for _ in range(3) for one in land(connector, DATASET, memory)]
    assert contents(landed) == [b"", b"1", b"2"]
    assert [one.arrival.follows for one in landed] == ["", landed[0].state, landed[1].state]


def test_a_state_that_is_not_told_again_stays(tmp_path):
    memory = Memory()
    program = 'number = len(os.listdir(sys.argv[1]))\n(folder / "a.csv").write_text(f"{state} {number}")\n'
    program += 'if not state: tell(payload={"state": "here"})\nopen(f"{sys.argv[1]}/{number}", "w").close()\n'
    (tmp_path / "runs").mkdir()
    connector = script(tmp_path, program)
    connector._options = connector._options.model_copy(
        update={"command": (*connector._options.command, str(tmp_path / "runs"))}
    )
    landed = [one for _ in range(3) for one in land(connector, DATASET, memory)]
    assert contents(landed) == [b" 0", b"here 1", b"here 2"]


def test_it_finds_what_was_named_and_nothing_else_of_our_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "not for everybody")
    monkeypatch.setenv("LAKE_ROOT", "/nowhere")
    monkeypatch.setenv("LC_TIME", "C")
    monkeypatch.setenv("STATION", "north")
    program = '(folder / "a.csv").write_text(json.dumps([dict(os.environ), sys.argv[1:], os.getcwd()]))'
    connector = script(
        tmp_path, program, environment={"PLACE": "${STATION}", "FAST": "yes"}, folder=str(tmp_path)
    )
    dataset = DATASET.__class__(
        "readings", "meter", origin="*.csv", connector_options={"arguments": ["${STATION}"]}
    )
    (taken,) = land(connector, dataset, Memory())
    environment, arguments, folder = json.loads(taken.content)
    assert (environment["PLACE"], environment["FAST"], environment["LC_TIME"]) == ("north", "yes", "C")
    assert {"PATH", "HOME"} <= environment.keys()
    assert not {"AWS_SECRET_ACCESS_KEY", "LAKE_ROOT", "STATION"} & environment.keys()
    assert arguments == ["north"]
    assert folder == str(tmp_path)


def test_a_secret_may_not_be_written_out(tmp_path):
    with pytest.raises(DeclarationError, match="API_TOKEN is a secret") as caught:
        script(tmp_path, "", environment={"API_TOKEN": "s3cr3t-of-the-tests"})
    assert "s3cr3t-of-the-tests" not in str(caught.value)
