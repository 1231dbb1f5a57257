"""`lake --help` answers at once: no room of the lake, nor what it needs, is imported for it."""

import json
import subprocess
import sys

import pytest

from lake_assets.cli import main

_HEAVY = "polars, dagster, deltalake, pandera, pyarrow, boto3, requests, pydantic, yaml, rich, sqlglot"
_ASK = """if True:
    import contextlib, io, json, sys
    from lake_assets.cli import main
    told, seen = {}, set()
    for command in ["", *main.commands]:
        page = io.StringIO()
        with contextlib.redirect_stdout(page):
            main([*([command] if command else []), "--help"], standalone_mode=False)
        heavy = {name for name in sys.modules if name.split(".")[0] in set(sys.argv[1].split(", "))}
        told[command] = [page.getvalue(), sorted(heavy - seen)]
        seen |= heavy
    print(json.dumps(told))
"""


@pytest.fixture(scope="module")
def helped(tmp_path_factory):
    """What each command tells, and which heavy modules it is the first to import, all in one process."""
    command = [sys.executable, "-c", _ASK, _HEAVY]
    folder = tmp_path_factory.mktemp("nowhere")
    asked = subprocess.run(command, capture_output=True, text=True, check=True, cwd=folder)
    assert asked.stderr == ""
    return json.loads(asked.stdout)


@pytest.mark.parametrize("command", ["", *main.commands])
def test_help_imports_nothing_heavy(helped, command):
    page, imported = helped[command]
    assert imported == []
    assert "Usage: " in page


def test_the_commands_stand_in_the_order_of_a_newcomer():
    first, last = ["up", "ingest", "status"], ["tables", "show", "query", "quarantine"]
    last += ["replay", "vocabulary", "decide", "infer", "add", "contract", "profile"]
    last += ["history", "diff", "trace", "why", "lineage", "impact", "joins"]
    last += ["governance", "decisions", "terms", "search", "owners", "personal", "erase", "docs"]
    last += ["health", "operations", "alerts"]
    assert main.list_commands(None) == [*first, *last]
