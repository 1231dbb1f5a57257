"""Whatever becomes of a program, nothing of a run that did not end well lands, and its last words are told."""

import io
import time

import pytest

from lake_assets.connectors import _script_run
from lake_assets.errors import ConnectorError
from lake_assets_tests.connectors.memory import Memory, contents, land
from lake_assets_tests.connectors.script_source import DATASET, script

WRITES = '(folder / "a.csv").write_text("1")\n'


def refused(connector):
    with pytest.raises(ConnectorError) as caught:
        next(connector.discover(DATASET, Memory()))
    return caught.value


@pytest.fixture(autouse=True)
def _temporary(tmp_path, monkeypatch):
    """Nothing stays behind where temporary files are."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    yield
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        ("sys.exit('no more paper')", "ended with status 1\n    no more paper"),
        ("print('only printed'); sys.exit(3)", "ended with status 3\n    only printed"),
        ("sys.exit(7)", "ended with status 7"),
        ("os.kill(os.getpid(), 9)", "was killed by SIGKILL"),
        ("os.kill(os.getpid(), 40)", "was killed by signal 40"),
    ],
)
def test_how_it_ended_is_told_with_its_last_words(tmp_path, ends, said):
    error = refused(script(tmp_path, WRITES + ends))
    assert error.what == f"the program {said}"
    assert error.place == "source meter, dataset readings"
    assert "nothing of this run landed" in error.mend


def test_only_the_last_lines_are_kept(tmp_path):
    error = refused(script(tmp_path, "for n in range(100000): print(n, file=sys.stderr)\nsys.exit(1)"))
    assert error.what.splitlines()[1:] == [f"    {number}" for number in range(99_980, 100_000)]


def test_a_secret_is_masked_in_what_it_says(tmp_path, monkeypatch):
    monkeypatch.setenv("METER_PASSWORD", "s3cr3t-of-the-tests")
    connector = script(
        tmp_path, "sys.exit('no: ' + os.environ['PASSWORD'])", environment={"PASSWORD": "${METER_PASSWORD}"}
    )
    assert refused(connector).what.endswith("no: ***")


def test_one_that_takes_too_long_is_ended_with_all_that_it_started(tmp_path, monkeypatch):
    monkeypatch.setattr(_script_run, "_GRACE_S", 0.3)
    beat = tmp_path / "beat"
    program = f"""
import signal, subprocess
signal.signal(signal.SIGTERM, signal.SIG_IGN)
beats = "import sys, time\\nwhile True: open(sys.argv[1], 'a').write('.'); time.sleep(0.02)"
subprocess.Popen([sys.executable, "-c", beats, {str(beat)!r}])
while not os.path.exists({str(beat)!r}): time.sleep(0.01)
print("waiting", file=sys.stderr, flush=True)
time.sleep(600)
"""
    error = refused(script(tmp_path, WRITES + program, timeout_s=2))
    assert error.what == "the program was ended: it took more than 2 s\n    waiting"
    assert "timeout_s" in error.mend
    size_bytes = beat.stat().st_size
    time.sleep(0.2)
    assert beat.stat().st_size == size_bytes, "what it started goes on"


def test_what_a_program_left_running_writes_no_more(tmp_path):
    program = """
import subprocess
late = "import time, sys; time.sleep(0.5); open(sys.argv[1], 'w').write('late')"
subprocess.Popen([sys.executable, "-c", late, str(folder / "b.csv")])
"""
    taken = land(script(tmp_path, WRITES + program), DATASET, Memory())
    assert contents(taken) == [b"1"]


def test_a_look_that_is_given_up_leaves_nothing(tmp_path):
    arrivals = script(tmp_path, WRITES).discover(DATASET, Memory())
    arrival = next(arrivals)
    arrivals.close()
    with pytest.raises(ConnectorError, match="cannot be read: No such file") as caught:
        arrival.fetch(io.BytesIO())
    assert "before the look" in caught.value.mend


@pytest.mark.parametrize("missing", ["command", "folder"])
def test_one_that_cannot_be_started_names_what_is_missing(tmp_path, missing):
    options = {"command": ["no-such-program"]} if missing == "command" else {"folder": str(tmp_path / "none")}
    error = refused(script(tmp_path, "", **options))
    assert f"{'no-such-program' if missing == 'command' else tmp_path / 'none'}: No such file" in error.what
    assert isinstance(error.__cause__, FileNotFoundError)


def test_what_it_says_is_read_while_it_works(tmp_path):
    program = "print('x' * 1000000)\nprint('y' * 1000000, file=sys.stderr)\n" + WRITES
    assert contents(land(script(tmp_path, program), DATASET, Memory())) == [b"1"]
