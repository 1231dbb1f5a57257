"""A file whose reading fails, or loses a record, is read with care; if that fails too it is refused as a whole."""

import pytest

from lake_assets.extensions import installed_kinds, load_kind
from lake_assets.model import Zone
from lake_assets_tests.flow.a_lake import step

ENTRY = "[lake_assets.formats]\nbrittle = lake_assets_tests.zones.brittle:Brittle\n"


@pytest.fixture
def lines(a_lake, tmp_path, monkeypatch):
    """A lake with a dataset of the format."""
    a_lake.write("site/brittle-1.dist-info/entry_points.txt", ENTRY)
    a_lake.write("site/brittle-1.dist-info/METADATA", "Metadata-Version: 2.1\nName: brittle\nVersion: 1\n")
    monkeypatch.syspath_prepend(tmp_path / "site")
    for cache in (installed_kinds, load_kind):
        cache.cache_clear()
    a_lake.declare("lines: {from: '*', format: brittle, columns: {line: text}}")
    yield a_lake
    for cache in (installed_kinds, load_kind):
        cache.cache_clear()


@pytest.mark.parametrize("name", ["fails-careful", "short-careful", "shut-careful"])
def test_the_careful_path_may_manage(lines, name):
    lines.drop(name, "a\nb\n")
    lines.drop("good", "c\n")
    lines.ingest_whole()
    assert lines.rows("trusted.lines", "line") == [("a",), ("b",), ("c",)]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("fails", "the reader gave up"),
        ("shut", "it does not open"),
        ("short", "not every record came out of it"),
    ],
)
def test_else_it_is_refused_and_the_others_go_on(lines, name, reason):
    lines.drop("good", "c\n")
    lines.drop(name, "a\nb\n")
    lines.drop("also good", "d\n")
    formatted = step(lines.ingest_whole(), Zone.FORMATTED, "lines")
    assert lines.rows("trusted.lines", "line") == [("c",), ("d",)]
    ((row, told),) = lines.rows("quarantine.lines", "_row", "reason")
    assert row == 0
    assert reason in told
    assert f"dataset lines, file {name}" in told
    assert formatted.problems == (told,)


def test_no_file_of_the_attempts_is_left(lines):
    lines.drop("short-careful", "a\nb\n")
    lines.ingest_whole()
    files = [path for path in lines.paths() if path.startswith("formatted/") and path.endswith(".parquet")]
    assert len(files) == 1
