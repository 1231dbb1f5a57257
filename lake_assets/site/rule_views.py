"""The rules of a table, what they ask and how they came out."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from lake_assets.model import Rule, Severity
from lake_assets.quality import KINDS, told_rule
from lake_assets.site.declared import Declared
from lake_assets.site.facts import Facts
from lake_assets.site.places import with_names
from lake_assets.site.sparks import verdict_history
from lake_assets.site.views import RuleView

__all__ = ["rule_views", "worst_first"]

_GRAVITY = {Severity.BLOCK: 0, Severity.QUARANTINE: 1, Severity.WARN: 2}
_STATES = {"broken": 0, "unjudged": 1, "kept": 2}


def rule_views(declared: Declared, facts: Facts, hidden: Collection[str]) -> tuple[RuleView, ...]:
    """The rules of a table, the worst first.

    Args:
        declared: The table.
        facts: What was read.
        hidden: Its personal columns: what a rule asks of them is told without the values that it names.
    """
    return tuple(worst_first(_view(declared, rule, facts, hidden) for rule in declared.rules))


def worst_first(rules: Iterable[RuleView]) -> list[RuleView]:
    """Broken ones first, by gravity and by how much breaks them; those that nothing was judged by before those kept."""
    return sorted(rules, key=_badness)


def _badness(rule: RuleView) -> tuple[int, int, float, str, str]:
    gravity = _GRAVITY[rule.rule.severity]
    return _STATES[rule.state], gravity, -rule.share, str(rule.table), rule.rule.rule_id


def _view(declared: Declared, rule: Rule, facts: Facts, hidden: Collection[str]) -> RuleView:
    verdicts = [run.verdicts.get(rule.rule_id) for run in facts.runs.get(declared.ref, ())]
    newest = verdicts[0] if verdicts else None
    return RuleView(
        table=declared.ref,
        rule=rule,
        sentence=told_rule(rule, hidden) if rule.kind in KINDS else "",
        verdict=newest,
        first=with_names(newest.example, facts.file_names) if newest else "",
        history=verdict_history(verdicts[::-1]),
    )
