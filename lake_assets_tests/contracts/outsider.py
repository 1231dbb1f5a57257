"""datacontract-cli in an environment of its own, which is made once and kept in the user's cache."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

_TOOL = "datacontract-cli[duckdb]==1.2.8"
_CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "lake_assets_tests"


class Outsider:
    """A tool that knows the standard and not us.

    Args:
        folder: Its environment.
    """

    def __init__(self, folder):
        self._programs = folder / "bin"

    def view(self, database, name, files):
        """Make a DuckDB file in which a name is a view of Parquet files."""
        code = "import sys, duckdb; duckdb.connect(sys.argv[1]).execute(sys.argv[2])"
        query = f"CREATE VIEW {name} AS SELECT * FROM read_parquet({files})"  # noqa: S608 - ours
        subprocess.run([self._programs / "python", "-c", code, database, query], check=True)

    def lint(self, contract):
        """What it says of a contract, and whether it finds it valid."""
        return self._run(contract, "lint")

    def test(self, contract, server):
        """Its results, one for each check."""
        out = contract.with_suffix(".json")
        self._run(contract, "test", "--server", server, "--output", out, "--output-format", "json")
        return json.loads(out.read_text())["checks"]

    def _run(self, contract, command, *more):
        words = [self._programs / "datacontract", command, contract, *more]
        return subprocess.run(words, capture_output=True, text=True, check=False, timeout=240)


def installed():
    """The tool, installed first where it is not there yet."""
    uv = shutil.which("uv") or str(Path(sys.executable).with_name("uv"))
    folder = _CACHE / "datacontract-cli-1.2.8"
    if not (folder / "complete").exists():
        _need(Path(uv).exists(), "uv is not there to install datacontract-cli")
        made = [uv, "venv", "--no-config", "--quiet", "--clear", "--python", sys.executable, folder]
        got = [uv, "pip", "install", "--no-config", "--quiet", "--python", folder / "bin/python", _TOOL]
        _need(
            all(subprocess.run(each, check=False).returncode == 0 for each in (made, got)),
            "no registry answers",
        )
        (folder / "complete").touch()
    return Outsider(folder)


def _need(is_there, what):
    if not is_there and os.environ.get("CI"):
        pytest.fail(what)
    if not is_there:
        pytest.skip(what)
