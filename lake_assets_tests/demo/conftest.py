"""What the demo's tests share: one prepared home, and the running servers."""

import sys
from pathlib import Path

import pytest

from lake_assets.demo import DemoFiles, prepare, serve
from lake_assets.demo._packages import raw_file


@pytest.fixture(scope="session")
def files(tmp_path_factory):
    """A home that no test changes."""
    return prepare(tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="session")
def raw():
    """The bytes of a file as the package ships it."""
    return lambda name: raw_file(name).read_bytes()


@pytest.fixture(scope="module")
def servers(files: DemoFiles):
    with serve(files) as started:
        yield started.environment


@pytest.fixture(scope="session")
def python():
    """The command that runs a piece of Python which sees this work tree."""
    start = f"import sys; sys.path.insert(0, {str(Path(__file__).parents[2])!r})\n"
    return lambda code, *arguments: [sys.executable, "-c", start + code, *map(str, arguments)]
