"""A lake without a table, or without a declaration, has a site that says so."""

from lake_assets.declarations import Declarations
from lake_assets.site import write_site
from lake_assets.storage.local_files import LocalFiles
from lake_assets.storage.root import LakeRoot
from lake_assets_tests.flow.a_lake import ALake


def test_nothing_is_declared(tmp_path):
    write_site(LakeRoot(str(tmp_path / "lake")), Declarations(), LocalFiles(str(tmp_path / "site")))
    assert "lake add" in (tmp_path / "site/index.html").read_text()
    assert "no table yet" in (tmp_path / "site/tables.html").read_text()


def test_nothing_was_ingested(tmp_path):
    lake = ALake(tmp_path)
    lake.declare("bikes: {from: '*.csv', columns: {bike_id: {type: int, description: number}}}")
    opened = lake.lake
    write_site(opened.root, opened.declarations, LocalFiles(str(tmp_path / "site")))
    page = (tmp_path / "site/tables/trusted.bikes.html").read_text()
    assert "not there yet" in page
    assert "bike_id" in page
    assert "No file has come yet" in (tmp_path / "site/sources/inbox.html").read_text()
