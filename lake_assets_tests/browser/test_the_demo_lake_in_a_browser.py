"""What a newcomer sees and does first."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

SCREENSHOTS = Path("screenshots")
ZONES = ("temporary_landing", "persis", "formatted", "trusted", "exploitation")
LATEST = """
query Latest($key: AssetKeyInput!) {
  assetOrError(assetKey: $key) { ... on Asset { assetMaterializations(limit: 1) { runId timestamp } } }
}
"""


def latest_run(address: str, *key: str) -> str:
    """The run of the newest materialisation of an asset."""
    asked = {"query": LATEST, "variables": {"key": {"path": list(key)}}}
    answer = requests.post(f"{address}/graphql", json=asked, timeout=60).json()
    found = answer["data"]["assetOrError"]["assetMaterializations"]
    return str(found[0]["runId"]) if found else ""


def keep(page: Page, name: str) -> None:
    SCREENSHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}.png")


def test_the_lineage_graph_shows_every_zone(address: str, page: Page) -> None:
    page.goto(f"{address}/asset-groups")
    for zone in ZONES:
        expect(page.locator("body")).to_contain_text(zone)
    keep(page, "lineage")


def test_the_page_of_a_table_shows_its_rows_columns_and_checks(address: str, page: Page) -> None:
    page.goto(f"{address}/assets/trusted/flights?view=overview")
    expect(page.get_by_text("166,158").first).to_be_visible()
    expect(page.get_by_text("scheduled departure to the hour, UTC").first).to_be_visible()
    expect(page.get_by_text("origin_in_set").first).to_be_visible()
    keep(page, "trusted-flights")
    page.goto(f"{address}/assets/trusted/flights?view=checks")
    expect(page.get_by_text("tailnum_references").first).to_be_visible()
    keep(page, "trusted-flights-checks")


def test_a_click_materialises_an_asset_whose_page_tells_its_row_count(address: str, page: Page) -> None:
    before = latest_run(address, "exploitation", "airlines")
    page.goto(f"{address}/assets/exploitation/airlines?view=overview")
    page.get_by_role("button").filter(has_text=re.compile("^Materialize$")).first.click()
    deadline = time.monotonic() + 180
    while latest_run(address, "exploitation", "airlines") == before:
        assert time.monotonic() < deadline, "the click materialised nothing"
        page.wait_for_timeout(1000)
    page.reload()
    expect(page.get_by_text("Row count").first).to_be_visible()
    expect(page.get_by_text("16", exact=True).first).to_be_visible()
    keep(page, "materialised")
