"""`lake infer WHAT`: a ready declaration for what somebody points at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from lake_assets.cli.options import json_option, lake_options

if TYPE_CHECKING:
    from lake_assets.inference import SourceDraft

__all__ = ["SHAPE", "draft", "infer"]

SHAPE = """\
   "name", "connector": {"kind", ...}, "notes": [text], "yaml": text,
   "datasets": [{"name", "from", "format": {"kind", ...}, "options": {...},
                 "other_options": [{...}], "key": [column], "other_keys": [[column]],
                 "null_tokens": [text], "rules": [{...}],
                 "records", "bad_records", "files", "is_whole": bool,
                 "columns": [{"name", "element", "type", "layout", "unit", "semantic", "is_personal",
                              "nulls", "distinct"}]}]}"""


@click.command(
    epilog=f"""\b
The shape of --json:
  {{
{SHAPE}
Examples:
  lake infer inbox/hires-2024-01.csv
  lake infer '${{SHOP_DATABASE}}'
  lake infer "https://api.example.org/v1/hires?limit=100&key=\\${{API_KEY}}" > defs/hires/defs.yaml
"""
)
@click.argument("what", metavar="PATH|URL")
@click.option(
    "--name", help="Of the source, and of its table where it has but one. Default: as the file is called"
)
@json_option("one JSON document")
@lake_options
def infer(what: str, name: str | None, root: str | None, defs: str | None, *, as_json: bool) -> None:
    """Print a ready declaration for a file, a folder, a glob, a URL or a database.

    A bounded sample is looked at, and nothing is written: what connector and format it takes, which types its
    columns have, what may be the key, which rules it keeps, what tells of persons.
    """
    from lake_assets.cli.output import print_json
    from lake_assets.inference import as_document, yaml_text

    drafted = draft(what, name, root, defs)
    if as_json:
        print_json(as_document(drafted))
    else:
        click.echo(yaml_text(drafted), nl=False)


def draft(what: str, name: str | None, root: str | None, defs: str | None) -> SourceDraft:
    """Draft the source that somebody points at; paths start from the project of the lake.

    Args:
        what: A path or a URL.
        name: Of the source; None for what it is called.
        root: See `lake_options`.
        defs: Likewise.
    """
    from lake_assets.inference import infer_source
    from lake_assets.settings import Settings

    return infer_source(what, Settings.from_environment(root, defs).project, name or "")
