import subprocess
import sys


def test_importing_cleaning_loads_neither_dagster_nor_pandera_nor_rapidfuzz():
    names = "('dagster', 'pandera', 'pandas', 'rapidfuzz')"
    code = f"import sys, lake_assets.cleaning; print([m for m in {names} if m in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
