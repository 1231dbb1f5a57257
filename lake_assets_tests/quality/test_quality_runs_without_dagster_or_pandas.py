import subprocess
import sys


def test_importing_quality_loads_neither_dagster_nor_pandera():
    code = "import sys, lake_assets.quality; print([m for m in ('dagster', 'pandera', 'pandas') if m in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
