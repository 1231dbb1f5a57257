"""`lake --help` answers at once: no room of the lake, nor what it needs, is imported for it."""

import subprocess
import sys

import pytest

from lake_assets.cli import main

_HEAVY = "polars, dagster, deltalake, pandera, pyarrow, boto3, requests, pydantic, yaml, rich, sqlglot"
_ASK = """if True:
    import sys
    from lake_assets.cli import main
    main(sys.argv[1:], standalone_mode=False)
    print("imported:", sorted(name for name in sys.modules if name.split(".")[0] in {heavy}), file=sys.stderr)
"""


@pytest.mark.parametrize("words", [[], *([name] for name in main.commands)])
def test_help_imports_nothing_heavy(words, tmp_path):
    code = _ASK.format(heavy=set(_HEAVY.split(", ")))
    command = [sys.executable, "-c", code, *words, "--help"]
    asked = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path)
    assert asked.stderr.strip() == "imported: []"
    assert "Usage: " in asked.stdout


def test_the_commands_stand_in_the_order_of_a_newcomer():
    first, last = ["up", "ingest", "status"], ["tables", "show", "query", "quarantine"]
    last += ["replay", "vocabulary", "decide", "infer", "add", "contract", "profile"]
    last += ["history", "diff", "trace", "why", "lineage", "impact", "joins"]
    last += ["governance", "decisions", "terms", "search", "owners", "personal", "erase", "docs"]
    last += ["health", "operations", "alerts"]
    assert main.list_commands(None) == [*first, *last]
