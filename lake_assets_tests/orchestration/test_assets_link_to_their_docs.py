"""Where a site of the lake is served, every asset links to its page there; where none is, to none."""

import dagster as dg
import pytest

from lake_assets.lake import Lake
from lake_assets.orchestration.definitions_of import declared_definitions
from lake_assets.site import write_site


def links(lake):
    assets = declared_definitions(lake.declarations).assets or []
    specs = [
        spec for each in assets for spec in (each.specs if isinstance(each, dg.AssetsDefinition) else [each])
    ]
    return {spec.key.to_user_string(): spec.metadata.get("docs") for spec in specs}


@pytest.fixture
def served(lake, monkeypatch):
    monkeypatch.setenv("LAKE_DOCS_URL", "https://docs.example.org/lake/")
    return links(lake)


def test_tables_link_to_their_own_page(served):
    page = "https://docs.example.org/lake/tables/exploitation.takings.html"
    assert served["exploitation/takings"] == dg.MetadataValue.url(page)


def test_landing_zones_link_to_the_page_of_their_source(served):
    page = "https://docs.example.org/lake/sources/hires.html#hires"
    assert served["persistent_landing/hires"] == dg.MetadataValue.url(page)


def test_the_pages_that_are_linked_are_written(served, lake: Lake, project):
    (project / "inbox/a.csv").write_text("hire_id,day,price\n1,mon,5\n")
    lake.ingest()
    write_site(lake.root, lake.declarations)
    for link in served.values():
        path = link.url.removeprefix("https://docs.example.org/lake/").partition("#")[0]
        assert (project / "lake/docs" / path).is_file(), path


def test_without_a_site_there_is_no_link(lake, monkeypatch):
    monkeypatch.delenv("LAKE_DOCS_URL", raising=False)
    assert set(links(lake).values()) == {None}
