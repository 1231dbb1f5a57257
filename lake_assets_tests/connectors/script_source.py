"""Programs for the tests of the connector `script`, written in Python into a folder."""

from __future__ import annotations

import sys
from pathlib import Path

from lake_assets.connectors.script import Script
from lake_assets.model import Dataset, Source

DATASET = Dataset("readings", "meter", origin="*.csv")
HEAD = """\
import json, os, sys, time
from pathlib import Path
folder = Path(os.environ["LAKE_FOLDER"])
state = os.environ["LAKE_STATE"]

def tell(method="report_custom_message", **params):
    message = {"__dagster_pipes_version": "0.1", "method": method, "params": params}
    with open(os.environ["LAKE_MESSAGES"], "a") as file:
        file.write(json.dumps(message) + "\\n")
"""


def script(home: Path, program: str, **options) -> Script:
    """A source whose program has this text, after a head that finds the folder and the state, and can tell."""
    file = home / "program.py"
    file.write_text(HEAD + program, encoding="utf-8")
    return Script(Source("meter", "script", {"command": [sys.executable, str(file)], **options}))
