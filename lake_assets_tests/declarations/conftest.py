"""A folder of declarations, and what is wrong with it."""

import textwrap
from typing import NamedTuple

import pytest

from lake_assets.declarations import DeclarationsError, load_declarations
from lake_assets.errors import DeclarationError


class Fault(NamedTuple):
    at: str
    what: str
    mend: str


class Folder:
    """Declarations in a folder of their own."""

    def __init__(self, path):
        self.path = path
        path.mkdir()

    def write(self, name, text):
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text).removeprefix("\n"), encoding="utf-8")
        return self

    def load(self):
        return load_declarations([self.path])

    def faults(self):
        with pytest.raises(DeclarationError) as caught:
            self.load()
        error = caught.value
        errors = error.errors if isinstance(error, DeclarationsError) else (error,)
        return [Fault(self.short(each.place), self.short(each.what), each.mend) for each in errors]

    def fault(self):
        (only,) = self.faults()
        return only

    def short(self, text):
        return text.replace(f"{self.path}/", "")


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path / "defs")


@pytest.fixture
def source(folder):
    """Writes `bikes/defs.yaml` with given lines under the attributes, from line 3 on, and under its dataset."""

    def write(attributes="", dataset=""):
        head = ["type: lake_assets.Source", "attributes:"]
        above = attributes.splitlines() or ["connector: filesystem"]
        below = dataset.splitlines() or ["from: inbox/*.csv"]
        body = [*above, "datasets:", "  hires:", *(f"    {line}" for line in below)]
        return folder.write("bikes/defs.yaml", "\n".join([*head, *(f"  {line}" for line in body)]) + "\n")

    return write


@pytest.fixture
def lake_of_flights(folder):
    """Three datasets to make exploitation tables of, and the declaration of a folder of those."""
    folder.write(
        "air/defs.yaml",
        """
        type: lake_assets.Source
        attributes:
          connector: filesystem
          datasets:
            flights: {from: flights/*.csv, key: id}
            planes: {from: planes.csv, key: tailnum}
            weather: {from: weather/*.csv}
        """,
    )
    return folder.write("exploitation/defs.yaml", "type: lake_assets.Exploitation\n")
