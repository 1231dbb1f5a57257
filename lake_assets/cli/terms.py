"""`lake terms [WORDS]`: the words of the analysts, what they mean, and the columns that mean them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from lake_assets.cli.options import json_option, lake_options, open_lake

if TYPE_CHECKING:
    from lake_assets.model import Term

__all__ = ["terms"]


@click.command(
    epilog="""\b
The shape of --json:
  [{"term", "definition", "synonyms": [text], "owner", "binds": ["zone.table.column"], "declared_at"}]
"""
)
@click.argument("words", nargs=-1)
@json_option("a JSON list")
@lake_options
def terms(words: tuple[str, ...], root: str | None, defs: str | None, *, as_json: bool) -> None:
    """List the terms of the vocabulary, or those in whose name, synonyms, definition or columns all WORDS stand.

    They are declared by `type: lake_assets.Vocabulary`. (`lake vocabulary` is about misspelt values.)
    """
    from lake_assets.cli.output import console, print_json, print_table

    lake = open_lake(root, defs)
    found = [each for each in lake.declarations.terms if _says(each, words)]
    if as_json:
        print_json([_document(each) for each in found])
    elif not found:
        click.echo("no term says that" if words else "no term is declared; see type: lake_assets.Vocabulary")
    else:
        rows = [(each.name, each.definition, ", ".join(map(str, each.binds)), each.owner) for each in found]
        print_table(console(), ("term", "definition", "columns", "owner"), rows)


def _says(term: Term, words: tuple[str, ...]) -> bool:
    said = " ".join((term.name, *term.synonyms, term.definition, *map(str, term.binds))).lower()
    return all(word.lower() in said for word in words)


def _document(term: Term) -> dict[str, object]:
    return {
        "term": term.name,
        "definition": term.definition,
        "synonyms": list(term.synonyms),
        "owner": term.owner,
        "binds": [str(each) for each in term.binds],
        "declared_at": str(term.place),
    }
