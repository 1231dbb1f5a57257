"""A project folder with raw files, and what is inferred of them."""

from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from hypothesis import settings

from lake_assets.declarations import load_declarations
from lake_assets.inference import infer_source, yaml_text
from lake_assets.lake import Lake
from lake_assets.settings import Settings


@dataclass(frozen=True)
class Project:
    """A folder that declarations start from.

    Args:
        folder: Holds raw files, `defs` and the lake.
    """

    folder: Path

    def write(self, name, content):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    def infer(self, what, name=""):
        path = what if "://" in what else str(self.folder / what)
        return infer_source(path, self.folder, name)

    def dataset(self, what, content=None):
        """The draft of the one dataset that is in a file, written before if need be."""
        if content is not None:
            self.write(what, content)
        (only,) = self.infer(what).datasets
        return only

    def declare(self, draft):
        """Write the YAML of a draft, and load it."""
        self.write(f"defs/{draft.name}/defs.yaml", yaml_text(draft))
        return load_declarations([self.folder / "defs"])

    @property
    def lake(self):
        return Lake(Settings(str(self.folder / "lake"), (self.folder / "defs",), self.folder))

    def ingest(self, draft):
        """Take in what a draft declares; the formatted table of its first dataset."""
        self.declare(draft)
        report = self.lake.ingest()
        assert not report.failures
        return self.lake.scan(f"formatted.{draft.datasets[0].name}").collect()


def attributes(draft):
    """The attributes of a draft as its YAML has them."""
    return yaml.safe_load(yaml_text(draft))["attributes"]


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.setenv("LAKE_PROJECT", str(tmp_path))
    return Project(tmp_path)


@pytest.fixture
def as_declared():
    return attributes


# A machine that is busy with other tests is slow; that is no fault.
settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")
