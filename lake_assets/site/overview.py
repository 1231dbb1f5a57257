"""The first page: the backbone zone by zone, figures of the lake, what changed last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from lake_assets.model import Zone
from lake_assets.site.drawing import draw
from lake_assets.site.facts import RunFacts
from lake_assets.site.nodes import nodes_of
from lake_assets.site.rule_views import worst_first
from lake_assets.site.table_views import Catalogue
from lake_assets.site.views import RuleView

__all__ = ["Overview", "ZoneCard", "overview_of"]

_LAST = 10
_WORST = 5
_MOST_DRAWN = 60


@dataclass(frozen=True)
class ZoneCard:
    """A zone of the backbone.

    Args:
        zone: The zone.
        about: What it holds.
        count: How many tables or files.
        noun: Of what.
        rows: How many rows; None for a zone of files.
        size_bytes: How many bytes.
        href: Where its tables are listed.
    """

    zone: Zone
    about: str
    count: int
    noun: str
    rows: int | None
    size_bytes: int
    href: str


@dataclass(frozen=True)
class Overview:
    """What the first page shows.

    Args:
        cards: The zones, in the order of the flow.
        sources: Number of sources.
        datasets: Number of datasets.
        tables: Number of tables of the formatted, trusted and exploitation zones.
        rows: Rows of those.
        files: Files that landed.
        size_bytes: Bytes of all tables and of what landed.
        rows_set_aside: Rows in quarantine.
        kept: Rules that are kept.
        broken: Rules that stand broken.
        unjudged: Rules that nothing was judged by.
        worst: The worst of those broken.
        last: What changed last.
        drawing: The flow of the lake; empty where it is too large for one drawing.
    """

    cards: tuple[ZoneCard, ...]
    sources: int
    datasets: int
    tables: int
    rows: int
    files: int
    size_bytes: int
    rows_set_aside: int
    kept: int
    broken: int
    unjudged: int
    worst: tuple[RuleView, ...]
    last: tuple[RunFacts, ...]
    drawing: Markup


_ABOUT = {
    Zone.TEMPORARY_LANDING: "files as they arrive, until they are processed",
    Zone.PERSISTENT_LANDING: "every file version ever ingested, raw, immutable",
    Zone.FORMATTED: "one canonical model: typed, nothing cleaned, nothing lost",
    Zone.TRUSTED: "judged by rules, cleaned, merged by key",
    Zone.EXPLOITATION: "the entities and facts that analysts use",
    Zone.QUARANTINE: "rows that break a rule, until a replay takes them back",
    Zone.GOVERNANCE: "what is recorded about all of it",
}
_FLOW = (Zone.FORMATTED, Zone.TRUSTED, Zone.EXPLOITATION)


def overview_of(catalogue: Catalogue) -> Overview:
    """Sum up a lake.

    Args:
        catalogue: All that is known of it.
    """
    tables = [each for each in catalogue.tables if each.ref.zone in _FLOW and each.facts]
    rules = worst_first(rule for table in catalogue.tables for rule in table.rules)
    states = [rule.state for rule in rules]
    landings = catalogue.facts.landings.values()
    cards = tuple(_cards(catalogue))
    return Overview(
        cards=cards,
        sources=len(catalogue.declarations.sources),
        datasets=len(catalogue.declarations.tables),
        tables=len(tables),
        rows=sum(each.facts.rows for each in tables if each.facts),
        files=sum(each.landed for each in landings),
        size_bytes=sum(card.size_bytes for card in cards),
        rows_set_aside=sum(catalogue.facts.rows_set_aside.values()),
        kept=states.count("kept"),
        broken=states.count("broken"),
        unjudged=states.count("unjudged"),
        worst=tuple(rule for rule in rules[:_WORST] if rule.state == "broken"),
        last=_last(catalogue),
        drawing=_drawing(catalogue),
    )


def _cards(catalogue: Catalogue) -> Iterator[ZoneCard]:
    landings = list(catalogue.facts.landings.values())
    files, size = sum(each.landed for each in landings), sum(each.size_bytes for each in landings)
    waiting, landing = Zone.TEMPORARY_LANDING, Zone.PERSISTENT_LANDING
    yield ZoneCard(waiting, _ABOUT[waiting], catalogue.facts.waiting, "file", None, 0, "sources.html")
    yield ZoneCard(landing, _ABOUT[landing], files, "file", None, size, "sources.html")
    for zone in (*_FLOW, Zone.QUARANTINE, Zone.GOVERNANCE):
        held = [each.facts for each in catalogue.tables if each.ref.zone is zone and each.facts]
        yield ZoneCard(
            zone,
            _ABOUT[zone],
            len(held),
            "table",
            sum(each.rows for each in held),
            sum(each.size_bytes for each in held),
            f"tables.html#{zone.value}",
        )


def _last(catalogue: Catalogue) -> tuple[RunFacts, ...]:
    runs = [run for runs in catalogue.facts.runs.values() for run in runs[:_LAST]]
    return tuple(sorted(runs, key=lambda run: (run.at, str(run.ref)), reverse=True)[:_LAST])


def _drawing(catalogue: Catalogue) -> Markup:
    flow = catalogue.flow
    if not flow.edges or len(flow.nodes) > _MOST_DRAWN:
        return Markup("")
    return draw(flow, nodes_of(flow.nodes, catalogue.declarations, catalogue.facts), "The flow of the lake")
