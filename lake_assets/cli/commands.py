"""`lake` and its commands, in the order in which a newcomer meets them."""

import click

from lake_assets.cli.add import add
from lake_assets.cli.alerts import alerts
from lake_assets.cli.contract import contract
from lake_assets.cli.decide import decide
from lake_assets.cli.decisions import decisions
from lake_assets.cli.diff import diff
from lake_assets.cli.docs import docs
from lake_assets.cli.erase import erase
from lake_assets.cli.governance import governance
from lake_assets.cli.group import LakeGroup
from lake_assets.cli.health import health
from lake_assets.cli.history import history
from lake_assets.cli.impact import impact
from lake_assets.cli.infer import infer
from lake_assets.cli.ingest import ingest
from lake_assets.cli.joins import joins
from lake_assets.cli.lineage import lineage
from lake_assets.cli.operations import operations
from lake_assets.cli.owners import owners
from lake_assets.cli.personal import personal
from lake_assets.cli.profile import profile
from lake_assets.cli.quarantine import quarantine
from lake_assets.cli.query import query
from lake_assets.cli.replay import replay
from lake_assets.cli.search import search
from lake_assets.cli.show import show
from lake_assets.cli.status import status
from lake_assets.cli.tables import tables
from lake_assets.cli.terms import terms
from lake_assets.cli.trace import trace
from lake_assets.cli.up import up
from lake_assets.cli.vocabulary import vocabulary
from lake_assets.cli.why import why

__all__ = ["main"]


@click.group(
    cls=LakeGroup, context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 110}
)
@click.version_option(package_name="lake-assets", prog_name="lake")
def main() -> None:
    """A data lake in Delta tables: sources flow through zones, every rule is checked, every step recorded.

    Begin with `lake up`.
    """


_COMMANDS = (
    *(up, ingest, status, tables, show, query, quarantine, replay, vocabulary, decide, infer, add),
    *(contract, profile, history, diff, trace, why, lineage, impact, joins),
    *(governance, decisions, terms, search, owners, personal, erase, docs),
    *(health, operations, alerts),
)
for command in _COMMANDS:
    main.add_command(command)
