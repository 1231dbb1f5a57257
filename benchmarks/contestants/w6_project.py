"""W6: writes a Dagster project with many sources, in the current folder.

Usage: w6_project folders|list|declared COUNT.
"""

from __future__ import annotations

import sys
from pathlib import Path

__all__ = ["write"]

_PROJECT = """\
[tool.dg]
directory_type = "project"

[tool.dg.project]
root_module = "many"
"""
_DEFINITIONS = """\
from pathlib import Path

import dagster as dg

from lake_assets.orchestration.definitions_of import lake_definitions


@dg.definitions
def defs() -> dg.Definitions:
    return lake_definitions(Path(__file__).parent)
"""
_SOURCE = """\
connector: {{kind: filesystem}}
owner: team:plant
datasets:
  readings_{number}:
    from: inbox/{number}/*.csv
    key: [reading_id]
    columns: {{reading_id: int, read_at: datetime, amount: float}}
    rules:
      - {{not_null: [read_at]}}
      - {{in_range: {{amount: [0, 500]}}}}
"""


def write(kind: str, count: int) -> None:
    """Write the project.

    Args:
        kind: `folders`, `list` or `declared`.
        count: How many sources.
    """
    many = Path("many")
    many.mkdir()
    Path("pyproject.toml").write_text(_PROJECT)
    (many / "__init__.py").touch()
    (many / "definitions.py").write_text(_DEFINITIONS)
    defs = Path("defs") if kind == "declared" else many / "defs"
    if kind == "list":
        named = "".join(f"    plant_{n}:\n{_indented(_SOURCE.format(number=n), 6)}" for n in range(count))
        _write(defs / "plants", f"type: lake_assets.Sources\nattributes:\n  sources:\n{named}")
        return
    for n in range(count):
        attributes = _indented(_SOURCE.format(number=n), 2)
        _write(defs / f"plant_{n}", f"type: lake_assets.Source\nattributes:\n{attributes}")


def _indented(text: str, by: int) -> str:
    return "".join(f"{' ' * by}{line}\n" for line in text.splitlines())


def _write(folder: Path, text: str) -> None:
    folder.mkdir(parents=True)
    (folder / "defs.yaml").write_text(text)


if __name__ == "__main__":
    write(sys.argv[1], int(sys.argv[2]))
