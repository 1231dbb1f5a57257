"""A lake whose site is written into a folder, and read page by page."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from lxml import html

from lake_assets.lake import profile_tables, profiled_tables
from lake_assets.site import Written, write_site
from lake_assets.storage.local_files import LocalFiles
from lake_assets_tests.flow.a_lake import ALake

HIRES = """\
hires:
  from: 'hires*.csv'
  description: Hires of bikes.
  grain: one hire
  key: [hire_id]
  owner: team:bikes
  tags: [mobility]
  columns:
    hire_id: {type: int, description: number of the hire}
    price: {type: float, unit: euro, description: what was paid}
    rider: {type: text, personal: true, description: who rode}
  rules:
    - {in_range: {price: [0, 500]}, reason: nobody is paid to ride}
    - {expression: "rider <> 'Barbara'", id: rider_is_known, severity: warn}
"""
TAKINGS = """\
/*
description: What was taken.
key: [kind]
consumers: [team:finance]
columns: {kind: kind of hire, taken: {description: sum of the prices, unit: euro}}
*/
SELECT 'all' AS kind, SUM(price) AS taken FROM trusted.hires
"""
ROWS = "hire_id,price,rider\n1,2.5,Ada\n2,4.0,Grace\n3,-1.0,Barbara\n"


@dataclass
class ASite:
    """A lake and its site.

    Args:
        lake: The lake.
    """

    lake: ALake

    @property
    def folder(self) -> Path:
        return self.lake.folder / "site"

    def write(self, **more) -> Written:
        """Write the site of the lake as it is now."""
        opened = self.lake.lake
        return write_site(opened.root, opened.declarations, LocalFiles(str(self.folder)), **more)

    def profile(self) -> None:
        opened = self.lake.lake
        profile_tables(opened, profiled_tables(opened), "a-run")

    def text(self, page: str) -> str:
        return (self.folder / page).read_text(encoding="utf-8")

    def page(self, page: str) -> html.HtmlElement:
        return html.fromstring(self.text(page))

    def pages(self) -> dict[str, str]:
        found = sorted(self.folder.rglob("*.html"))
        return {path.relative_to(self.folder).as_posix(): path.read_text() for path in found}


@pytest.fixture
def a_site(tmp_path):
    """A lake with one source and one table made of it, filled once; its site is not written yet."""
    lake = ALake(tmp_path)
    lake.declare(HIRES)
    lake.declare_table("takings", TAKINGS)
    lake.drop("hires-1.csv", ROWS)
    lake.ingest_whole()
    return ASite(lake)


def words(element: html.HtmlElement) -> str:
    """What a person reads of an element; of a row, its cells one after the other."""
    cells = element.xpath("./th | ./td") or [element]
    return " ".join(" ".join(each.text_content().split()) for each in cells)
