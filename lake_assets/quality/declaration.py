"""A rule as somebody writes it in YAML, and the rule that is meant."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lake_assets.errors import DeclarationError, near_names
from lake_assets.model import Rule, Severity
from lake_assets.quality.kind import Kind
from lake_assets.quality.kind_of_table import TableKind
from lake_assets.quality.kinds import KINDS, kind_of
from lake_assets.quality.options import Options

__all__ = ["declare_rule"]

_REMARKS = ("severity", "owner", "reason", "id")
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9_]+")


def declare_rule(declared: Mapping[str, object], *, owner: str, place: str = "") -> Rule:
    """Read a rule in its short form.

    Args:
        declared: One key that names the kind, with what the kind asks for; `severity`, `owner`, `reason` and
            `id` beside that key or inside its mapping.
        owner: Who answers for the rule when it names nobody.
        place: Where it is declared, for the error.

    Raises:
        DeclarationError: When the kind or an option is not known, missing or wrong.

    >>> declare_rule({"in_range": {"month": [1, 12]}}, owner="team:flights").rule_id
    'month_in_range'
    >>> declare_rule({"not_null": "carrier", "severity": "block"}, owner="team:flights").severity
    <Severity.BLOCK: 'block'>
    """
    kind = _kind(declared, place)
    at = ", ".join(filter(None, (place, f"rule {kind.name}")))
    value, remarks = _without_remarks(kind, declared, at)
    given = Options(_spread(kind, value, at), kind.options, kind.example, at)
    columns, parameters = kind.read(given)
    return Rule(
        rule_id=_rule_id(remarks, kind.rule_id(columns, parameters), at),
        kind=kind.name,
        columns=columns,
        parameters=parameters,
        severity=_severity(kind, remarks, at),
        owner=_text(remarks, "owner", at) or owner,
        reason=_text(remarks, "reason", at),
    )


def _kind(declared: Mapping[str, object], place: str) -> Kind:
    named = [str(key) for key in declared if key not in _REMARKS]
    if len(named) == 1:
        return kind_of(named[0], place=place)
    what = f"a rule has one key that names its kind, found {', '.join(named) or 'none'}"
    unknown = next((key for key in named if key not in KINDS), "")
    raise DeclarationError(what, place=place, mend=f"write one rule per entry; {near_names(unknown, KINDS)}")


def _without_remarks(kind: Kind, declared: Mapping[str, object], at: str) -> tuple[object, dict[str, object]]:
    """Part the remarks from what is asked, wherever they stand."""
    value = declared[kind.name]
    beside = {name: declared[name] for name in _REMARKS if name in declared}
    if not isinstance(value, Mapping):
        return value, beside
    inside = {name: value[name] for name in _REMARKS if name in value}
    if len(inside) == len(value) == 1:
        return value, beside  # a column of that name, in the short form
    if twice := inside.keys() & beside.keys():
        name = min(twice)
        raise DeclarationError(
            f"{name} is given twice", place=at, mend=f"leave {name} beside {kind.name} only"
        )
    return {name: one for name, one in value.items() if name not in _REMARKS}, beside | inside


def _spread(kind: Kind, value: object, at: str) -> dict[str, object]:
    """The options, whichever form they are written in."""
    if isinstance(value, Mapping):
        options = {_name(name, at): one for name, one in value.items()}
        return _of_only_column(kind, options) or options
    spread = kind.of_value(value)
    if spread is None:
        mend = f"write it like {kind.example}"
        raise DeclarationError(f"{value!r} says too little", place=at, mend=mend)
    return dict(spread)


def _of_only_column(kind: Kind, options: dict[str, object]) -> dict[str, object] | None:
    if len(options) != 1 or next(iter(options)) in kind.options:
        return None
    ((column, value),) = options.items()
    spread = kind.of_column(column, value)
    return None if spread is None else dict(spread)


def _name(name: object, at: str) -> str:
    if isinstance(name, str):
        return name
    mend = "put the name in quotes: YAML reads a bare yes, no, on and off as booleans"
    raise DeclarationError(f"{name!r} is not a name", place=at, mend=mend)


def _rule_id(remarks: Mapping[str, object], default: str, at: str) -> str:
    declared = _text(remarks, "id", at)
    if _NOT_IN_NAMES.search(declared):
        mend = "use letters, digits and _ only: the asset check has the same name"
        raise DeclarationError(f"{declared!r} cannot name a rule", place=at, mend=mend)
    return declared or _NOT_IN_NAMES.sub("_", default)


def _severity(kind: Kind, remarks: Mapping[str, object], at: str) -> Severity:
    declared = _text(remarks, "severity", at) or kind.severity
    if declared not in set(Severity):
        mend = near_names(declared, Severity)
        raise DeclarationError(f"no severity is named {declared!r}", place=at, mend=mend)
    if isinstance(kind, TableKind) and declared == Severity.QUARANTINE:
        raise DeclarationError(f"{kind.name} has no rows to set aside", place=at, mend="let it warn or block")
    return Severity(declared)


def _text(remarks: Mapping[str, object], name: str, at: str) -> str:
    value = remarks.get(name, "")
    if isinstance(value, str):
        return value
    raise DeclarationError(f"{name} is a text, found {value!r}", place=at, mend=f"put {name} in quotes")
