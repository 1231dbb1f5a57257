import os

import pytest

from lake_assets.connectors.filesystem import Filesystem
from lake_assets.model import Dataset, Source
from lake_assets_tests.connectors.memory import Memory, contents, land


def origins(path, glob, **options):
    connector = Filesystem(Source("s", "filesystem", {"path": str(path), **options}))
    return [arrival.origin for arrival in connector.discover(Dataset("d", "s", origin=glob), Memory())]


@pytest.fixture
def tree(tmp_path):
    for number, name in enumerate(
        ["in/a.csv", "in/2024/b.csv", "in/2024/05/c.csv", "in/2024/05/d.txt", "e.csv"]
    ):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(name)
        os.utime(file, (1_700_000_000 + number,) * 2)
    return tmp_path


@pytest.mark.parametrize(
    ("glob", "expected"),
    [
        ("in/*.csv", ["a.csv"]),
        ("in/a.csv", ["a.csv"]),
        ("in/**/*.csv", ["a.csv", "2024/b.csv", "2024/05/c.csv"]),
        ("in/2024/**", ["b.csv", "05/c.csv", "05/d.txt"]),
        ("in/20??/*.csv", ["2024/b.csv"]),
        ("in/2024/[0-9]*/c.*", ["05/c.csv"]),
        ("./in//2024/*.csv", ["b.csv"]),
        ("**/*.csv", ["in/a.csv", "in/2024/b.csv", "in/2024/05/c.csv", "e.csv"]),
        ("in/A.csv", []),
        ("in/none.csv", []),
    ],
)
def test_an_origin_begins_after_the_last_folder_before_the_first_wildcard(tree, glob, expected):
    assert origins(tree, glob) == expected


def test_a_glob_may_be_absolute(tree):
    assert origins("", f"{tree}/in/*.csv") == ["a.csv"]
    assert origins(tree, f"{tree}/in/*.csv") == ["a.csv"]


def test_a_relative_folder_begins_at_the_project(tree, monkeypatch):
    monkeypatch.setenv("LAKE_PROJECT", str(tree))
    assert origins("in", "*.csv") == ["a.csv"]
    monkeypatch.delenv("LAKE_PROJECT")
    monkeypatch.chdir(tree / "in")
    assert origins("", "2024/*.csv") == ["b.csv"]


def test_variables_are_filled_in_at_the_moment_of_use(tree, monkeypatch):
    connector = Filesystem(Source("s", "filesystem", {"path": "${LAKE_TEST_TREE}"}))
    arrivals = connector.discover(Dataset("d", "s", origin="in/${LAKE_TEST_YEAR:-2024}/*.csv"), Memory())
    monkeypatch.setenv("LAKE_TEST_TREE", str(tree))
    assert [arrival.origin for arrival in arrivals] == ["b.csv"]


def test_older_changes_come_first_and_then_names(tmp_path):
    for name, when in [("b.csv", 2), ("a.csv", 2), ("z.csv", 1), ("x/a.csv", 2), ("c.csv", 3)]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
        os.utime(tmp_path / name, (when, when))
    assert origins(tmp_path, "**/*.csv") == ["z.csv", "a.csv", "x/a.csv", "b.csv", "c.csv"]


def test_a_name_that_is_not_utf8_is_written_out_and_its_file_lands(tmp_path):
    (tmp_path / os.fsdecode(b"caf\xe9.csv")).write_bytes(b"1\n")
    connector, memory = Filesystem(Source("s", "filesystem", {"path": str(tmp_path)})), Memory()
    (taken,) = land(connector, Dataset("d", "s", origin="*.csv"), memory)
    assert (taken.arrival.origin, taken.arrival.name, taken.content) == (
        r"caf\xe9.csv",
        r"caf\xe9.csv",
        b"1\n",
    )
    assert land(connector, Dataset("d", "s", origin="*.csv"), memory) == []


def test_a_file_that_went_back_to_what_it_was_lands_again(tmp_path):
    connector, dataset, memory = (
        Filesystem(Source("s", "filesystem", {"path": str(tmp_path)})),
        Dataset("d", "s", origin="*.csv"),
        Memory(),
    )
    landed = []
    for content, when in [(b"A", 1), (b"B", 2), (b"A", 1), (b"A", 1), (b"B", 2)]:
        (tmp_path / "x.csv").write_bytes(content)
        os.utime(tmp_path / "x.csv", (when, when))
        landed += land(connector, dataset, memory)
    assert contents(landed) == [b"A", b"B", b"A", b"B"]
