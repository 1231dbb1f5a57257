"""The health of a lake as a table for people, in a terminal or as Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from lake_assets.lake.health import TableHealth

__all__ = ["HEALTH_HEADER", "health_cells", "health_markdown"]

HEALTH_HEADER = (
    "table",
    "#rows",
    "last change",
    "fresh",
    "#rules kept",
    "#broken",
    "#quarantined",
    "#drifted",
    "#failed",
    "#typical s",
    "#trend",
)
"""Names of the columns; those that start with `#` are numbers."""


def health_cells(health: TableHealth) -> list[str]:
    """The cells of a table in the order of `HEALTH_HEADER`."""
    return [
        health.table,
        "never made" if health.rows is None else f"{health.rows:,}",
        f"{health.last_at:%Y-%m-%d %H:%M:%S}" if health.last_at else "-",
        {None: "-", True: "yes", False: "stale"}[health.is_fresh],
        f"{health.rules_kept}",
        f"{health.rules_broken} (blocked)" if health.is_blocked else f"{health.rules_broken}",
        f"{health.quarantined:,}",
        f"{health.drifted}",
        f"{health.failures}",
        "-" if health.typical_s is None else f"{health.typical_s:,.2f}",
        "-" if health.trend is None else f"{health.trend:.1f}x",
    ]


def health_markdown(told: Sequence[TableHealth]) -> str:
    """A Markdown table; what asks for attention is bold."""
    lines = [
        "| " + " | ".join(name.removeprefix("#") for name in HEALTH_HEADER) + " |",
        "| " + " | ".join("--:" if name.startswith("#") else "---" for name in HEALTH_HEADER) + " |",
    ]
    for each in told:
        name, *others = health_cells(each)
        lines.append("| " + " | ".join([name if each.is_well else f"**{name}**", *others]) + " |")
    return "\n".join(lines)
