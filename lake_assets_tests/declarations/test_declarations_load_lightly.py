import subprocess
import sys

import pytest

LOAD = """
import sys
from pathlib import Path
from lake_assets.declarations import load_declarations
load_declarations([Path(sys.argv[1])])
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


@pytest.fixture
def loaded(source):
    folder = source()
    done = subprocess.run(
        [sys.executable, "-c", LOAD, str(folder.path)], capture_output=True, text=True, check=True
    )
    return done.stdout.split()


def test_declarations_load_without_dagster(loaded):
    assert not {name for name in loaded if name.startswith("dagster")}


def test_who_has_no_sql_does_not_pay_for_its_parser(loaded):
    assert "sqlglot" not in loaded
