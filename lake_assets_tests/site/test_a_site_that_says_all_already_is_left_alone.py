"""A site is renewed when anything that it is made of changed, or a page of it did; otherwise nothing is read."""

import os

import pytest

from lake_assets.lake import write_docs
from lake_assets.site import renew_site
from lake_assets_tests.site.conftest import HIRES


@pytest.fixture
def renewed(a_site):
    """A site under the root of its lake, with its stamp."""
    write_docs(a_site.lake.lake)
    return a_site.lake


def unread():
    raise AssertionError("the declarations were asked for")


def is_left_alone(lake):
    opened = lake.lake
    try:
        written = renew_site(opened.root, opened.settings.defs, unread)
    except AssertionError:
        return False
    assert (written.changed, written.removed) == ((), ())
    return True


def page_of(lake, name="quality.html"):
    return lake.folder / "lake/docs" / name


def test_nothing_changed(renewed):
    assert is_left_alone(renewed)
    assert write_docs(renewed.lake).files == sum(
        each.is_file() and not each.name.startswith("lake-docs") for each in page_of(renewed, "").rglob("*")
    )


def test_a_step_was_made(renewed):
    renewed.drop("hires-2.csv", "hire_id,price,rider\n9,1,Emmy\n")
    renewed.ingest()
    assert not is_left_alone(renewed)
    assert "tables/trusted.hires.html" in write_docs(renewed.lake).changed
    assert is_left_alone(renewed)


def test_a_file_waits(renewed):
    batch = renewed.folder / "lake/temporary_landing/hires/a-batch"
    batch.mkdir(parents=True)
    (batch / "hires-9.csv").write_text("hire_id\n1\n")
    assert not is_left_alone(renewed)


def test_a_declaration_says_something_else(renewed):
    renewed.declare(HIRES.replace("Hires of bikes.", "Every hire of a bike."))
    assert not is_left_alone(renewed)
    assert "tables/trusted.hires.html" in write_docs(renewed.lake).changed


def test_a_page_was_altered_without_getting_longer(renewed):
    page = page_of(renewed)
    text = page.read_text()
    page.write_text(text.replace("Quality", "Qualitz"))
    os.utime(page, (1_700_000_000, 1_700_000_000))
    assert write_docs(renewed.lake).changed == ("quality.html",)
    assert page.read_text() == text


def test_a_page_was_taken_away(renewed):
    page_of(renewed).unlink()
    assert write_docs(renewed.lake).changed == ("quality.html",)


@pytest.mark.parametrize("stamp", ["", "{", "[]", '{"made_of": 1}'])
def test_a_stamp_that_is_damaged_counts_for_nothing(renewed, stamp):
    page_of(renewed, "lake-docs-stamp.json").write_text(stamp)
    assert not is_left_alone(renewed)
    assert write_docs(renewed.lake).changed == ()
    assert is_left_alone(renewed)


def test_where_no_stamp_can_be_left_the_site_is_written_all_the_same(a_site):
    page_of(a_site.lake, "lake-docs-stamp.json/taken").mkdir(parents=True)
    first, again = (write_docs(a_site.lake.lake) for _ in range(2))
    assert (len(first.changed), again.changed) == (first.files, ())
