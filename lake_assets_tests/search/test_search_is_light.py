"""Asking an index imports nothing that is slow to import: a search answers at once."""

import subprocess
import sys

_ASK = """if True:
    import sys
    from lake_assets.cli import main
    main(["search", "price", "--root", sys.argv[1], "--defs", sys.argv[2]], standalone_mode=False)
    heavy = {"polars", "deltalake", "pyarrow", "dagster", "pydantic", "yaml", "sqlglot", "boto3", "rich", "pandera"}
    print(sorted({name.split(".")[0] for name in sys.modules} & heavy))
"""


def test_the_second_search_is_light(tmp_path):
    (tmp_path / "defs").mkdir()
    (tmp_path / "lake").mkdir()
    command = [sys.executable, "-c", _ASK, str(tmp_path / "lake"), str(tmp_path / "defs")]
    first, second = (
        subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path) for _ in range(2)
    )
    assert "polars" in first.stdout.splitlines()[-1]
    assert second.stdout.splitlines()[-1] == "[]"
