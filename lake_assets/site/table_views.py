"""Every table with all that is known of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from lake_assets.declarations import Declarations
from lake_assets.model import TableLineage, TableRef, Zone
from lake_assets.profiles import without_personal
from lake_assets.site.code_text import code_of
from lake_assets.site.column_drawing import draw_columns
from lake_assets.site.column_views import column_names, column_views
from lake_assets.site.declared import Declared, declared_tables, governance_of
from lake_assets.site.drawing import draw
from lake_assets.site.facts import Facts, SetAside
from lake_assets.site.flow import Edge, Flow, flow_of
from lake_assets.site.highlight import highlighted
from lake_assets.site.nodes import node_link, nodes_of
from lake_assets.site.origins import ColumnOrigins
from lake_assets.site.paths import anchor, source_page, table_page, told_place
from lake_assets.site.rule_views import rule_views
from lake_assets.site.term_views import with_terms
from lake_assets.site.views import CodeView, Link, TableView

__all__ = ["Catalogue"]

_MOST_NODES = 40
_LANGUAGES = {"sql": "SQL", "python": "Python", "yaml": "as declared"}


@dataclass(frozen=True)
class Catalogue:
    """Everything that the pages are made of.

    Args:
        declarations: What is declared.
        facts: What was read.
        origins: What others can tell of where the values of columns are from.
        lineages: What the columns of exploitation tables depend on.
        hidden: Names the personal columns of a table.
    """

    declarations: Declarations
    facts: Facts
    origins: ColumnOrigins
    lineages: Mapping[TableRef, TableLineage]
    hidden: Callable[[TableRef], set[str]]

    @cached_property
    def declared(self) -> dict[TableRef, Declared]:
        """Every table that has a page, in the order of the zones.

        The quarantine of a dataset has one once something was set aside.
        """
        known, there = declared_tables(self.declarations), self.facts.tables
        refs = {ref for ref in known if ref.zone is not Zone.QUARANTINE} | set(there)
        order = {zone: place for place, zone in enumerate(Zone)}
        ordered = sorted(refs, key=lambda ref: (order[ref.zone], ref.name))
        return {ref: known.get(ref) or governance_of(ref) for ref in ordered}

    @cached_property
    def flow(self) -> Flow:
        """Which table is made of which."""
        return flow_of(self.declarations)

    @cached_property
    def tables(self) -> tuple[TableView, ...]:
        """One for each page of a table."""
        return tuple(self._view(each) for each in self.declared.values())

    def _view(self, declared: Declared) -> TableView:
        ref, facts = declared.ref, self.facts
        hidden = self.hidden(ref)
        runs = facts.runs.get(ref, ())
        rules = rule_views(declared, facts, hidden)
        known = facts.profiles.get(ref)
        profile = without_personal(known, hidden) if known else None
        there = facts.tables.get(ref)
        columns = column_views(declared, there, rules, profile, hidden, self.origins, self._href)
        drawing, left_out = self._drawing(ref)
        lineage = self.lineages.get(ref, TableLineage(ref, {}))
        columns_drawing, hidden_lines = draw_columns(lineage, self._href_from_page)
        return TableView(
            ref=ref,
            about=declared.about,
            description=declared.description,
            grain=declared.grain,
            key=declared.key,
            owner=declared.owner,
            source=Link(declared.source, source_page(declared.source)) if declared.source else None,
            tags=declared.tags,
            consumers=declared.consumers,
            write_mode=declared.write_mode,
            place=told_place(declared.place),
            facts=there,
            columns=with_terms(columns, self.declarations, ref),
            rules=rules,
            code=self._code(declared, hidden),
            inputs=self._links(self._around(ref).before(str(ref)), "start"),
            readers=self._links(self._around(ref).after(str(ref)), "end"),
            drawing=drawing,
            hidden_nodes=left_out,
            columns_drawing=columns_drawing,
            hidden_lines=hidden_lines,
            opaque=tuple(dict.fromkeys(map(_without_values, lineage.opaque))),
            runs=runs,
            profile=profile,
            set_aside=self._set_aside(ref),
            rows_set_aside=facts.rows_set_aside.get(ref.name, 0) if _may_set_aside(ref) else 0,
        )

    def _href(self, ref: TableRef, column: str) -> str:
        """Where a column stands; its table where its page does not have it; nowhere where there is no page."""
        if ref not in self.declared:
            return ""
        return table_page(ref) + (f"#{anchor('column', column)}" if column in self._names[ref] else "")

    def _href_from_page(self, ref: TableRef, column: str) -> str:
        href = self._href(ref, column)
        return f"../{href}" if href else ""

    @cached_property
    def _names(self) -> dict[TableRef, set[str]]:
        there = self.facts.tables
        return {ref: set(column_names(each, there.get(ref))) for ref, each in self.declared.items()}

    def _code(self, declared: Declared, hidden: set[str]) -> CodeView | None:
        code = code_of(declared, hidden)
        if code is None:
            return None
        return CodeView(_LANGUAGES[code.language], highlighted(code), told_place(declared.place))

    def _around(self, ref: TableRef) -> Flow:
        """The flow that a table is drawn in: of a quarantine, the tables that fill it."""
        if ref.zone is not Zone.QUARANTINE:
            return self.flow
        fillers = [TableRef(zone, ref.name) for zone in (Zone.FORMATTED, Zone.TRUSTED)]
        there = [str(each) for each in fillers if each in self.declared]
        edges = tuple(Edge(each, str(ref)) for each in there)
        between = self.flow.among(there).edges
        return Flow((*there, str(ref)), (*between, *edges))

    def _drawing(self, ref: TableRef) -> tuple[Markup, int]:
        flow, name = self._around(ref), str(ref)
        if not flow.before(name) and not flow.after(name):
            return Markup(""), 0
        drawn, left_out = flow.around(name, _MOST_NODES)
        nodes = nodes_of(drawn.nodes, self.declarations, self.facts, prefix="../")
        drawing = draw(drawn, nodes, f"What {name} is made of, and what is made of it", focus=name)
        return drawing, left_out

    def _links(self, edges: Iterable[Edge], end: str) -> tuple[Link, ...]:
        return tuple(
            node_link(str(getattr(edge, end)), note="rules look there" if edge.is_lookup else "")
            for edge in sorted(edges)
        )

    def _set_aside(self, ref: TableRef) -> tuple[SetAside, ...]:
        found = self.facts.set_aside.get(ref.name, ()) if _may_set_aside(ref) else ()
        is_whole = ref.zone is Zone.QUARANTINE
        return tuple(each for each in found if is_whole or each.stage == ref.zone.value)


def _without_values(told: str) -> str:
    """Of an error of somebody's code its name alone: what it says may hold a path or a value.

    >>> _without_values("FileNotFoundError: /home/me/rates.csv"), _without_values("a Python function over rows")
    ('FileNotFoundError', 'a Python function over rows')
    """
    return told.partition(": ")[0]


def _may_set_aside(ref: TableRef) -> bool:
    return ref.zone in {Zone.FORMATTED, Zone.TRUSTED, Zone.QUARANTINE}
