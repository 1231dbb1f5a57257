"""What a person does with the docs of the demo lake: searches, reads a table's page, in the light and in the dark."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

SCREENSHOTS = Path("screenshots")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the demo lake, read from the disk: no server runs."""
    folder = tmp_path_factory.mktemp("docs")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LAKE_", "DAGSTER"))}
    lake = [sys.executable, "-m", "lake_assets.cli"]
    for command in (["up", "--no-ui"], ["profile"], ["docs"]):
        subprocess.run([*lake, *command], cwd=folder, env=kept, check=True, capture_output=True)
    return folder / "lake/docs"


@pytest.fixture(params=[(1600, "light"), (390, "dark")], ids=["wide and light", "narrow and dark"])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page that takes no fault of a script."""
    width, scheme = request.param
    opened = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    yield opened
    opened.close()
    assert faults == []


def keep(page: Page, name: str) -> None:
    SCREENSHOTS.mkdir(exist_ok=True)
    width = page.viewport_size["width"] if page.viewport_size else 0
    page.screenshot(path=SCREENSHOTS / f"docs-{name}-{width}.png")


def test_a_slash_begins_a_search_that_forgives_a_slip(site: Path, page: Page) -> None:
    page.goto((site / "index.html").as_uri())
    page.keyboard.press("/")
    page.keyboard.type("fligth_facts")
    first = page.get_by_role("option").first
    expect(first).to_contain_text("exploitation.flight_facts")
    keep(page, "search")
    page.keyboard.press("Enter")
    expect(page).to_have_title(re.compile("exploitation.flight_facts"))
    expect(page.locator("h1")).to_contain_text("flight_facts")


def test_the_best_hit_comes_first_and_arrows_choose(site: Path, page: Page) -> None:
    page.goto((site / "quality.html").as_uri())
    page.get_by_role("combobox").fill("tail number")
    expect(page.get_by_role("option").first).to_contain_text("tail number")
    expect(page.get_by_role("listbox")).to_contain_text("tailnum")
    page.get_by_role("combobox").fill("flights")
    expect(page.get_by_role("option").first).to_contain_text("flights")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option").nth(1)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_the_page_of_a_table_shows_columns_lineage_rules_and_profile(site: Path, page: Page) -> None:
    page.goto((site / "tables/trusted.flights.html").as_uri())
    expect(page.get_by_text("166,158").first).to_be_visible()
    expect(page.locator("#column-dep_delay")).to_contain_text("minutes")
    expect(page.locator("#rule-tailnum_references")).to_contain_text("broken")
    expect(page.locator(".profile .spark").first).to_be_visible()
    page.locator("#lineage").scroll_into_view_if_needed()
    keep(page, "table")
    page.locator(".flow a", has_text="flight_facts").click()
    expect(page.locator("h1")).to_contain_text("flight_facts")
    expect(page.locator("figure.code")).to_contain_text("LEFT JOIN trusted.weather")


def test_no_page_is_wider_than_the_window(site: Path, page: Page) -> None:
    for path in [*site.glob("*.html"), site / "tables/trusted.flights.html", site / "sources/planes.html"]:
        page.goto(path.as_uri())
        width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert width == 0, path.name


CONTRAST = """() => {
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, at) => sum + v * [0.2126, 0.7152, 0.0722][at], 0);
  const parts = text => text.match(/[\\d.]+/g).map(Number);
  const ground = element => {
    for (let at = element; at; at = at.parentElement) {
      const found = parts(getComputedStyle(at).backgroundColor);
      if (found.length < 4 || found[3] === 1) return found;
    }
    return [255, 255, 255];
  };
  return [...document.querySelectorAll("main *, header *, footer *")]
    .filter(each => [...each.childNodes].some(one => one.nodeType === 3 && one.textContent.trim()))
    .filter(each => !each.closest("svg") && each.checkVisibility() && !each.closest("tr:target"))
    .map(each => {
      const [one, other] = [light(parts(getComputedStyle(each).color)), light(ground(each))].sort((a, b) => b - a);
      return [(one + 0.05) / (other + 0.05), each.outerHTML.slice(0, 120)];
    })
    .filter(([ratio]) => ratio < 4.5);
}"""


def test_every_text_stands_out_from_its_ground(site: Path, page: Page) -> None:
    for name in (
        "index.html",
        "quality.html",
        "tables/trusted.flights.html",
        "tables/exploitation.delay_by_wind.html",
    ):
        page.goto((site / name).as_uri())
        assert page.evaluate(CONTRAST) == [], name


def test_light_and_dark_follow_the_system(site: Path, page: Page) -> None:
    page.goto((site / "index.html").as_uri())
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    is_dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    assert ground == ("rgb(16, 22, 28)" if is_dark else "rgb(251, 252, 253)")
    keep(page, "overview")
