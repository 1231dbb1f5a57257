"""What the search of the site looks through: a JavaScript file, which a page can read from a disk too."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from lake_assets.model import Zone
from lake_assets.site.paths import anchor, table_page
from lake_assets.site.source_views import SourceView
from lake_assets.site.term_views import TermView
from lake_assets.site.views import TableView
from lake_assets.site.words import Word

__all__ = ["search_index"]

Entry = tuple[str, str, str, str]
"""Kind, name, what is said of it, where it leads."""

_LONGEST = 160
_ESCAPES = {ord(each): f"\\u{ord(each):04x}" for each in "<>&\u2028\u2029"}


def search_index(
    tables: Iterable[TableView],
    sources: Iterable[SourceView],
    words: Iterable[Word],
    terms: Iterable[TermView],
) -> str:
    """A script that sets `lakeSearch`: a list of entries, tables before their columns.

    Args:
        tables: Every table.
        sources: Every source.
        words: The names of columns that have a meaning.
        terms: The words of the analysts.
    """
    entries = [*_of_sources(sources), *_of_tables(tables), *_of_words(words), *_of_terms(terms)]
    lines = ",\n".join(_safe(json.dumps(each, ensure_ascii=False)) for each in entries)
    return f"window.lakeSearch = [\n{lines}\n];\n"


def _safe(text: str) -> str:
    r"""No text of the lake ends the script, or a line of it.

    >>> _safe('"</script>"')
    '"\\u003c/script\\u003e"'
    """
    return text.translate(_ESCAPES)


def _of_sources(sources: Iterable[SourceView]) -> Iterator[Entry]:
    for each in sources:
        yield "source", each.source.name, _short(each.source.description), each.href


def _of_tables(tables: Iterable[TableView]) -> Iterator[Entry]:
    for table in tables:
        page = table_page(table.ref)
        told = " · ".join(part for part in (table.description or table.about, *table.tags) if part)
        yield "table", str(table.ref), _short(told), page
        if table.ref.zone is Zone.GOVERNANCE:
            continue
        for column in table.columns:
            meaning = f"{column.meaning} [{column.unit}]" if column.unit else column.meaning
            yield (
                "column",
                f"{table.ref}.{column.name}",
                _short(meaning),
                f"{page}#{anchor('column', column.name)}",
            )
        for rule in table.rules:
            told = rule.rule.reason or rule.sentence
            yield (
                "rule",
                rule.rule.rule_id,
                _short(f"{table.ref}: {told}"),
                f"{page}#{anchor('rule', rule.rule.rule_id)}",
            )


def _of_words(words: Iterable[Word]) -> Iterator[Entry]:
    for word in words:
        yield (
            "name",
            word.name,
            _short("; ".join(word.meanings)),
            f"vocabulary.html#{anchor('word', word.name)}",
        )


def _of_terms(terms: Iterable[TermView]) -> Iterator[Entry]:
    """A term is found by whatever people call it."""
    for view in terms:
        told = view.term.definition
        yield "term", view.term.name, _short(told), view.href
        for word in view.term.synonyms:
            yield "term", word, _short(f"{view.term.name}: {told}"), view.href


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
