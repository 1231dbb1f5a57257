"""A table of governance says on its page what its artefact is, in the words of the catalogue."""

from lake_assets.catalog import ARTEFACTS
from lake_assets_tests.site.conftest import words


def test_every_artefact_that_is_there_says_what_it_is(a_site):
    a_site.lake.lake.record()
    a_site.write()
    there = [each for each in ARTEFACTS if (a_site.folder / f"tables/{each.ref}.html").exists()]
    assert len(there) > len(ARTEFACTS) / 2
    for each in there:
        page = a_site.page(f"tables/{each.ref}.html")
        assert words(page.find(".//p[@class='lead']")) == " ".join(each.description.split())


def test_what_it_can_be_made_again_from_is_told(a_site):
    a_site.write()
    page = words(a_site.page("tables/governance.runs.html"))
    assert "It can be made again from the commits of the zones." in page
