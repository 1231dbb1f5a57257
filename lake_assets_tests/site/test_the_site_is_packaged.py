"""A wheel holds what the site is made of."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]


@pytest.mark.heavy
def test_templates_style_and_script_are_in_the_wheel(tmp_path):
    command = [".venv/bin/uv", "build", "--wheel", "--offline", "--no-build-isolation", "-o", str(tmp_path)]
    subprocess.run([*command, "-p", sys.executable], cwd=PROJECT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    held = set(zipfile.ZipFile(wheel).namelist())
    site = PROJECT / "lake_assets/site"
    wanted = {
        path.relative_to(PROJECT).as_posix() for path in [*site.glob("templates/*"), *site.glob("static/*")]
    }
    assert wanted <= held
