from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lake_assets.formats import _child, open_format
from lake_assets_tests.formats.landing import Outcome, dataset, decode, place

ReadCsv = Callable[..., Outcome]


@pytest.fixture
def read(tmp_path: Path) -> ReadCsv:
    """Write bytes to a file and read it: as a zone does, or by one path when `path` says which."""

    def read_bytes(
        stored: bytes, kind: str = "csv", *, nulls: tuple[str, ...] = (), path: str = "", **options: object
    ):
        file = tmp_path / "file.data"
        file.write_bytes(stored)
        reader = open_format(dataset(kind, options, nulls))
        return decode(reader, file, is_careful=path == "careful") if path else place(reader, file)

    return read_bytes


@pytest.fixture(scope="session", autouse=True)
def _children_end_with_the_session():
    """So that what they covered is known in time."""
    yield
    _child._POOL.end_all()
