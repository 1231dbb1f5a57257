"""What docs/formats.md shows can be declared, and every format that is installed is in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from lake_assets.extensions import installed_kinds
from lake_assets.formats import format_class, open_format
from lake_assets_tests.formats.landing import dataset

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "formats.md").read_text()
PAGES = "".join(page.read_text() for page in sorted(DOCS.glob("*.md")))
EXAMPLES = [yaml.safe_load(found) for found in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)]
FORMATS = [
    each["format"] if "format" in each else each["attributes"]["datasets"]["readings"]["format"]
    for each in EXAMPLES
]


@pytest.mark.parametrize("declared", FORMATS, ids=str)
def test_what_is_shown_can_be_declared(declared):
    options = dict(declared) if isinstance(declared, dict) else {"kind": declared}
    open_format(dataset(options.pop("kind"), options))


@pytest.mark.parametrize("kind", sorted(installed_kinds("formats")))
def test_every_format_has_its_section_and_its_options_are_named(kind):
    assert f"`{kind}`" in PAGES
    assert [name for name in format_class(kind).options.model_fields if f"`{name}`" not in PAGES] == []
