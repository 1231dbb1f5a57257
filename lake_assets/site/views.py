"""What the pages show: plain values, put together so that templates decide nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from lake_assets.model import Rule, TableRef, Verdict
from lake_assets.profiles import TableProfile
from lake_assets.profiles.column_profile import ColumnProfile
from lake_assets.site.facts import RunFacts, SetAside, TableFacts

__all__ = ["CodeView", "ColumnView", "Link", "RuleView", "TableView"]


@dataclass(frozen=True, order=True)
class Link:
    """A name that leads somewhere.

    Args:
        name: The name.
        href: From the folder of the site; empty for nowhere.
        note: What is said beside it.
    """

    name: str
    href: str = ""
    note: str = ""


@dataclass(frozen=True)
class CodeView:
    """A text in colours.

    Args:
        language: For people.
        html: The text.
        place: Where it is written.
    """

    language: str
    html: Markup
    place: str


@dataclass(frozen=True)
class RuleView:
    """A rule and how it stands.

    Args:
        table: The table that it is of.
        rule: The rule.
        sentence: What must hold, for people.
        verdict: How it came out last; None where nothing was judged.
        first: Where the first breach stands; empty where there is none.
        history: A small picture of how it came out, run by run.
    """

    table: TableRef
    rule: Rule
    sentence: str
    verdict: Verdict | None
    first: str
    history: Markup

    @property
    def state(self) -> str:
        """`broken`, `kept` or `unjudged`."""
        if self.verdict is None:
            return "unjudged"
        return "kept" if self.verdict.is_kept else "broken"

    @property
    def share(self) -> float:
        """Of what was judged, how much breaks it."""
        judged = self.verdict.judged if self.verdict else 0
        return self.verdict.broken / judged if self.verdict and judged else 0.0

    @property
    def is_older(self) -> bool:
        """Whether the verdict is on an earlier form of the rule."""
        return bool(self.verdict and self.verdict.version and self.verdict.version != self.rule.version)


@dataclass(frozen=True)
class ColumnView:
    """A column of a table.

    Args:
        name: Its name.
        kind: Its type; empty where the table is not there yet.
        meaning: What it means.
        unit: The unit of its values.
        is_personal: Whether its values are never shown.
        is_key: Whether it is part of the key.
        rules: Those that judge it.
        origins: Where its values are from, as far as it is known: columns of other tables, or elements of files.
        profile: What it holds; None where it was not profiled.
        picture: How its values are distributed.
        terms: The words of the analysts that it means.
    """

    name: str
    kind: str
    meaning: str = ""
    unit: str = ""
    is_personal: bool = False
    is_key: bool = False
    rules: tuple[RuleView, ...] = ()
    origins: tuple[Link, ...] = ()
    profile: ColumnProfile | None = None
    picture: Markup = field(default_factory=Markup)
    terms: tuple[Link, ...] = ()


@dataclass(frozen=True)
class TableView:
    """A table and all that is known of it.

    Args:
        ref: Its name.
        about: What its zone makes of it.
        description: What it means.
        grain: What one row stands for.
        key: The columns that identify a row.
        owner: Who answers for it.
        source: Where it comes from.
        tags: Free words.
        consumers: Who uses it.
        write_mode: How rows enter it.
        place: Where it is declared.
        facts: How it stands; None where it is not there yet.
        columns: In order.
        rules: Those of the table, the worst first.
        code: How it is made.
        inputs: What it is made of.
        readers: What is made of it.
        drawing: The flow around it.
        hidden_nodes: How many tables of that flow are too far off to be drawn.
        columns_drawing: What its columns depend on; empty where only the mapping tells it.
        hidden_lines: How many dependencies of that are left out.
        opaque: What of its code could not be looked into, in a few words each.
        runs: The newest first.
        profile: What it holds.
        set_aside: What is in quarantine of it, by rule.
        rows_set_aside: Rows in quarantine, each counted once.
    """

    ref: TableRef
    about: str
    description: str
    grain: str
    key: tuple[str, ...]
    owner: str
    source: Link | None
    tags: tuple[str, ...]
    consumers: tuple[str, ...]
    write_mode: str
    place: str
    facts: TableFacts | None
    columns: tuple[ColumnView, ...]
    rules: tuple[RuleView, ...]
    code: CodeView | None
    inputs: tuple[Link, ...]
    readers: tuple[Link, ...]
    drawing: Markup
    hidden_nodes: int
    columns_drawing: Markup
    hidden_lines: int
    opaque: tuple[str, ...]
    runs: tuple[RunFacts, ...]
    profile: TableProfile | None
    set_aside: Sequence[SetAside]
    rows_set_aside: int

    @property
    def broken(self) -> int:
        """How many of its rules stand broken."""
        return sum(rule.state == "broken" for rule in self.rules)
