"""No link of the site is broken, and none leads out of it."""

from urllib.parse import unquote

from lxml import html


def test_links_styles_and_scripts_are_there(a_site):
    a_site.profile()
    a_site.write()
    names = {page: set(html.fromstring(text).xpath("//@id")) for page, text in a_site.pages().items()}
    for page, text in a_site.pages().items():
        tree = html.fromstring(text)
        for link in tree.xpath("//@href | //@src"):
            if link.startswith("data:image/"):
                continue
            path, _, place = link.partition("#")
            target = (a_site.folder / page).parent / unquote(path) if path else a_site.folder / page
            assert target.resolve().is_file(), (page, link)
            inside = target.resolve().relative_to(a_site.folder.resolve()).as_posix()
            assert not place or place in names[inside], (page, link)


def test_search_leads_to_places_that_are_there(a_site):
    import json

    a_site.write()
    index = a_site.text("search-index.js").removeprefix("window.lakeSearch = ").rstrip().removesuffix(";")
    names = {page: set(html.fromstring(text).xpath("//@id")) for page, text in a_site.pages().items()}
    entries = json.loads(index)
    assert {kind for kind, *_ in entries} == {"source", "table", "column", "rule", "name"}
    for _, name, _, link in entries:
        path, _, place = link.partition("#")
        assert path in names, name
        assert not place or place in names[path], name
