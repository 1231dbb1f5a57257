"""All files of a site, one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from lake_assets.site.overview import overview_of
from lake_assets.site.paths import table_page
from lake_assets.site.rule_views import worst_first
from lake_assets.site.search_index import search_index
from lake_assets.site.source_views import source_views
from lake_assets.site.table_views import Catalogue
from lake_assets.site.templating import render, static_files
from lake_assets.site.term_views import term_views
from lake_assets.site.words import allowed_words, column_words, tag_words

__all__ = ["pages_of"]

_BELOW = "../"
_MOST_KEPT = 500


def pages_of(catalogue: Catalogue) -> Iterator[tuple[str, bytes]]:
    """The files of the site by their paths; the same lake gives the same bytes.

    Args:
        catalogue: All that is known of the lake.
    """
    tables, sources = catalogue.tables, source_views(catalogue.declarations.sources, catalogue.facts)
    words, terms = column_words(tables), term_views(catalogue.declarations.terms, tables)
    yield from static_files()
    yield "search-index.js", search_index(tables, sources, words, terms).encode()
    yield "index.html", render("overview", section="overview", lake=overview_of(catalogue))
    by_zone = [(zone, list(each)) for zone, each in groupby(tables, key=lambda table: table.ref.zone)]
    yield "tables.html", render("tables", section="tables", zones=by_zone)
    yield "sources.html", render("sources", section="sources", sources=sources)
    yield "quality.html", _quality(catalogue)
    datasets, tags = catalogue.declarations.tables, tag_words(tables)
    allowed = allowed_words(datasets)
    yield (
        "vocabulary.html",
        render("vocabulary", section="vocabulary", terms=terms, words=words, allowed=allowed, tags=tags),
    )
    for each in sources:
        yield each.href, render("source", root=_BELOW, section="sources", view=each)
    for table in tables:
        yield table_page(table.ref), render("table", root=_BELOW, section="tables", table=table)


def _quality(catalogue: Catalogue) -> bytes:
    rules = worst_first(rule for table in catalogue.tables for rule in table.rules)
    kept = [rule for rule in rules if rule.state == "kept"]
    return render(
        "quality",
        section="quality",
        broken=[rule for rule in rules if rule.state == "broken"],
        unjudged=[rule for rule in rules if rule.state == "unjudged"],
        kept=kept[:_MOST_KEPT],
        left_out=max(0, len(kept) - _MOST_KEPT),
        aside=[
            table
            for table in catalogue.tables
            if table.ref.zone.value == "quarantine" and table.rows_set_aside
        ],
    )
