import glob
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from lake_assets.connectors._glob import Glob, split_glob
from lake_assets.connectors._walk import Walk
from lake_assets_tests.examples import drawn

NAMES = st.sampled_from(["a", "b", "ab", "x.csv", "a.csv", "b1"])
PATHS = st.lists(st.lists(NAMES, min_size=1, max_size=4).map("/".join), max_size=12)
PARTS = st.sampled_from(["*", "**", "a", "a*", "?", "[ab]", "[!a]", "*.csv", "x.csv"])
PATTERNS = st.lists(PARTS, min_size=1, max_size=4).map("/".join)


def grow(root: Path, paths: list[str]) -> None:
    for path in paths:
        file = root / path
        if not any(parent.is_file() for parent in [file, *file.parents]) and not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.touch()


@settings(max_examples=drawn(60), deadline=None)
@given(paths=PATHS, pattern=PATTERNS)
def test_the_same_files_are_found(paths, pattern):
    with TemporaryDirectory() as folder:
        root = Path(folder)
        grow(root, paths)
        found = glob.glob(pattern, root_dir=root, recursive=True)  # noqa: PTH207  pathlib's `a/**` names no files
        # To Python `a/**` names the file `a` as well, as `a/`.
        expected = {path for path in found if (root / path).is_file() and not path.endswith("/")}
        walk = Walk(folder, folder, Glob(pattern))
        assert {file.relative for file in walk.files()} == expected
        assert {path for path in expected if Glob(pattern).fits(path)} == expected


@given(pattern=PATTERNS)
def test_a_divided_pattern_is_the_same_pattern(pattern):
    folder, rest = split_glob(pattern)
    assert folder + rest == pattern
    assert "*" not in folder
