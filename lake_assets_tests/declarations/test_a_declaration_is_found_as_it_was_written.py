"""The attributes of a dataset are found again, wherever its source is declared."""

import pytest

from lake_assets.declarations import written_source
from lake_assets.errors import DeclarationError

_SOURCE = """\
connector: filesystem
datasets:
  hires: {from: inbox/*.csv, columns: {hire_id: int}}
  others: {from: '*.json'}
"""


def _indented(text, spaces):
    return "".join(f"{' ' * spaces}{line}\n" for line in text.splitlines())


@pytest.mark.parametrize(
    "files",
    [
        {"bikes/defs.yaml": f"type: lake_assets.Source\nattributes:\n{_indented(_SOURCE, 2)}"},
        {
            "defs.yaml": f"type: lake_assets.Sources\nattributes:\n  sources:\n    bikes:\n{_indented(_SOURCE, 6)}"
        },
        {"defs.yaml": "type: lake_assets.Sources\nattributes: {files: '*.yml'}\n", "bikes.yml": _SOURCE},
        {
            "defs.yaml": "type: lake_assets.Sources\nattributes: {files: '*.yml'}\n",
            "x.yml": f"bikes:\n{_indented(_SOURCE, 2)}",
        },
    ],
    ids=["Source", "Sources", "a file", "a file of several"],
)
def test_it_is_found(files, folder):
    for name, text in files.items():
        folder.write(name, text)
    assert written_source(folder.load().dataset("hires")) == {
        "name": "bikes",
        "connector": "filesystem",
        "datasets": {"hires": {"from": "inbox/*.csv", "columns": {"hire_id": "int"}}},
    }


def test_what_is_not_there_any_more_is_told(source):
    folder = source()
    hires = folder.load().dataset("hires")
    (folder.path / "bikes/defs.yaml").write_text("type: lake_assets.Source\nattributes: {}\n")
    with pytest.raises(DeclarationError, match="is not declared there"):
        written_source(hires)
