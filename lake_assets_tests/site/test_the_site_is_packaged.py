"""A wheel holds what the site is made of."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]


@pytest.mark.heavy
def test_templates_style_and_script_are_in_the_wheel(tmp_path):
    copy = tmp_path / "project"
    shutil.copytree(
        PROJECT / "lake_assets", copy / "lake_assets", ignore=shutil.ignore_patterns("__pycache__")
    )
    for name in ("LICENSE", "README.md", "pyproject.toml", "setup.cfg"):
        shutil.copy(PROJECT / name, copy)
    uv = str(PROJECT / ".venv/bin/uv")
    command = [
        uv,
        "build",
        "--wheel",
        "--offline",
        "--no-build-isolation",
        "-o",
        str(tmp_path),
        "-p",
        sys.executable,
    ]
    subprocess.run(command, cwd=copy, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    held = set(zipfile.ZipFile(wheel).namelist())
    site = PROJECT / "lake_assets/site"
    wanted = {
        path.relative_to(PROJECT).as_posix() for path in [*site.glob("templates/*"), *site.glob("static/*")]
    }
    assert wanted <= held
