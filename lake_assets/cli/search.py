"""`lake search WORDS`: tables, columns and terms by name, meaning, owner, tag and frequent values."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from lake_assets.cli.options import json_option, lake_options

if TYPE_CHECKING:
    from pathlib import Path

    from lake_assets.search import Answer, Found
    from lake_assets.settings import Settings
    from lake_assets.storage.root import LakeRoot

__all__ = ["search"]

_WIDTH = 100


@click.command(
    epilog="""\b
The shape of --json:
  {"found": [{"kind": "table" or "column" or "term", "ref", "score", "description", "terms", "owner", "is_personal"}],
   "instead": {misspelt word: [word]}}
"""
)
@click.argument("words", nargs=-1)
@click.option("--kind", type=click.Choice(["table", "column", "term"]), help="Only these.")
@click.option("--owner", metavar="TEAM", default="", help="Only what this team answers for.")
@click.option("--personal", is_flag=True, help="Only what holds personal data.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(min=1), help="At most so many.")
@json_option("one JSON document")
@lake_options
def search(  # noqa: PLR0913  (click gives each option as an argument)
    words: tuple[str, ...],
    kind: str | None,
    owner: str,
    limit: int,
    root: str | None,
    defs: str | None,
    *,
    personal: bool,
    as_json: bool,
) -> None:
    """Find tables, columns and terms in which all WORDS stand, the best first; without WORDS, all that options allow.

    Looked through are names, terms and synonyms, descriptions, units, tags, owners, and the frequent values of columns
    that are not personal. The beginning of a word is enough; for a misspelt one the nearest are taken. The index is
    brought up to the lake first, when something changed since.
    """
    from lake_assets.search import ask
    from lake_assets.settings import Settings

    path = _fresh_index(Settings.from_environment(root, defs))
    answer = ask(path, words, limit, kind=kind or "", owner=owner, personal=personal)
    _print_json(answer) if as_json else _print(answer)


def _fresh_index(settings: Settings) -> Path:
    """The index, true as of now; what is slow to import is imported only when it has to be written."""
    from lake_assets.search import digest_in, index_path, stamps_of

    is_local = "://" not in settings.root
    path = index_path(settings.root, is_local=is_local)
    stamps = stamps_of(settings.root, None if is_local else _root(settings).files, settings.defs)
    if digest_in(path) != stamps.digest:
        from lake_assets.catalog import refresh_index
        from lake_assets.declarations import load_declarations
        from lake_assets.erasure import withdrawn_if_erased

        root = _root(settings)
        with withdrawn_if_erased(root, partial(path.unlink, missing_ok=True)):
            refresh_index(path, root, stamps, lambda: load_declarations(settings.defs))
    return path


def _root(settings: Settings) -> LakeRoot:
    from lake_assets.storage.root import LakeRoot

    return LakeRoot.of(settings)


def _print_json(answer: Answer) -> None:
    import json
    from dataclasses import asdict

    told = {"found": [asdict(each) for each in answer.found], "instead": dict(answer.instead)}
    click.echo(json.dumps(told, ensure_ascii=False, indent=2))


def _print(answer: Answer) -> None:
    for word, near in answer.instead.items():
        click.echo(f"nothing is called {word!r}; taken for {' or '.join(near)}", err=True)
    if not answer.found:
        click.echo("nothing was found")
        return
    width = max(len(each.ref) for each in answer.found)
    for each in answer.found:
        click.echo(f"{each.kind:<6}  {each.ref:<{width}}  {_told(each)}".rstrip())


def _told(found: Found) -> str:
    """What it means, who answers for it, whether it is personal: on one line."""
    described = " ".join(found.description.split())
    short = described if len(described) <= _WIDTH else f"{described[: _WIDTH - 1]}…"
    terms = f"<{found.terms}>" if found.terms and found.kind == "column" else ""
    owner = f"({found.owner})" if found.owner else ""
    return " ".join(filter(None, (short, terms, owner, "(personal)" if found.is_personal else "")))
