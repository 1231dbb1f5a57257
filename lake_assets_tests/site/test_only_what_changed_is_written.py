"""A site that is written again touches what says something else; what is gone is removed, what is others' stays."""

import shutil

import pytest

from lake_assets.errors import StorageError
from lake_assets.site import changes_of
from lake_assets_tests.site.conftest import HIRES


def stamps(a_site):
    found = (path for path in a_site.folder.rglob("*") if path.is_file())
    return {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in found}


def test_the_same_lake_gives_the_same_bytes_and_no_write(a_site):
    a_site.profile()
    first = a_site.write()
    before = stamps(a_site)
    again = a_site.write()
    assert (len(first.changed), again.changed, again.removed) == (first.files, (), ())
    assert stamps(a_site) == before


def test_a_step_rewrites_the_pages_that_speak_of_it(a_site):
    a_site.write()
    a_site.lake.drop("hires-2.csv", "hire_id,price,rider\n9,1,Emmy\n")
    a_site.lake.ingest_whole()
    changed = a_site.write().changed
    assert {"index.html", "tables.html", "tables/trusted.hires.html", "sources/inbox.html"} <= set(changed)
    assert not [path for path in changed if path.startswith("static/")]


def test_the_page_of_a_table_that_is_gone_is_removed(a_site):
    a_site.write()
    (a_site.lake.folder / "defs/exploitation/takings.sql").unlink()
    shutil.rmtree(a_site.lake.folder / "lake/exploitation/takings")
    assert a_site.write().removed == ("tables/exploitation.takings.html",)
    assert not (a_site.folder / "tables/exploitation.takings.html").exists()


def test_a_page_that_somebody_altered_is_mended(a_site):
    a_site.write()
    page = a_site.folder / "quality.html"
    page.write_text(page.read_text().replace("Quality", "Qualitz"))
    assert a_site.write().changed == ("quality.html",)


def test_files_of_others_stay(a_site):
    (a_site.folder / "tables").mkdir(parents=True)
    (a_site.folder / "tables/mine.html").write_text("mine")
    a_site.write()
    a_site.write()
    assert (a_site.folder / "tables/mine.html").read_text() == "mine"


def test_no_file_of_others_is_written_over(a_site):
    a_site.folder.mkdir()
    (a_site.folder / "index.html").write_text("mine")
    with pytest.raises(StorageError, match=r"index\.html is there"):
        a_site.write()
    assert (a_site.folder / "index.html").read_text() == "mine"


def test_a_list_of_files_that_leads_elsewhere_deletes_nothing(a_site):
    a_site.write()
    outside = a_site.lake.folder / "precious.txt"
    outside.write_text("mine")
    listed = a_site.folder / "lake-docs.json"
    listed.write_text(listed.read_text().replace('"index.html"', '"index.html", "../precious.txt"'))
    a_site.write()
    assert outside.read_text() == "mine"


def test_a_site_that_was_begun_is_finished(a_site):
    a_site.write()
    (a_site.folder / "index.html").unlink()
    (a_site.folder / "tables/trusted.hires.html").unlink()
    assert set(a_site.write().changed) == {"index.html", "tables/trusted.hires.html"}


def test_whether_a_lake_changed_is_told_without_reading_it_all(a_site):
    opened = a_site.lake.lake
    before = changes_of(opened.root)
    assert changes_of(opened.root) == before
    a_site.lake.drop("hires-2.csv", "hire_id,price,rider\n9,1,Emmy\n")
    a_site.lake.ingest_whole()
    assert changes_of(opened.root) != before


def test_a_changed_description_changes_its_pages_alone(a_site):
    a_site.write()
    a_site.lake.declare(HIRES.replace("Hires of bikes.", "Every hire."))
    changed = set(a_site.write().changed)
    assert "tables/trusted.hires.html" in changed
    assert "tables/exploitation.takings.html" not in changed


def test_a_folder_that_cannot_be_written_to_is_told(a_site):
    a_site.folder.write_text("a file, not a folder")
    with pytest.raises(StorageError, match="the site cannot be written"):
        a_site.write()
