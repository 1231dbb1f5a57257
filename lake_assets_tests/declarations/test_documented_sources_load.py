"""Every source that docs/connectors.md shows can be declared so."""

import re
from pathlib import Path

import pytest

from lake_assets.declarations import load_declarations

_PAGE = Path(__file__).parents[2] / "docs" / "connectors.md"
_SOURCES = [
    block
    for block in re.findall(
        r"^```yaml\n(.*?)^```", _PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    if block.startswith("type:")
]


@pytest.mark.parametrize("number", range(len(_SOURCES)))
def test_a_source_of_the_page_loads(tmp_path, number):
    folder = tmp_path / "defs" / "documented"
    folder.mkdir(parents=True)
    (folder / "defs.yaml").write_text(_SOURCES[number], encoding="utf-8")
    assert load_declarations([tmp_path / "defs"]).sources
