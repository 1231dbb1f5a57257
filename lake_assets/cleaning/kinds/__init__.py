"""The kinds of cleaning step, one file each; whoever adds one adds it to `KINDS`."""

from __future__ import annotations

from lake_assets.cleaning.kind import CellKind
from lake_assets.cleaning.kinds.case import Case
from lake_assets.cleaning.kinds.cast import Cast
from lake_assets.cleaning.kinds.deduplicate import DEDUPLICATE, describe_duplicates
from lake_assets.cleaning.kinds.mask import Mask
from lake_assets.cleaning.kinds.null_tokens import NullTokens
from lake_assets.cleaning.kinds.pseudonymise import Pseudonymise
from lake_assets.cleaning.kinds.replace import Replace
from lake_assets.cleaning.kinds.time_zone import TimeZone
from lake_assets.cleaning.kinds.trim import Trim
from lake_assets.cleaning.kinds.unit import UnitOf
from lake_assets.cleaning.kinds.vocabulary import Vocabulary
from lake_assets.errors import DeclarationError, near_names
from lake_assets.model import CleaningStep

__all__ = ["KINDS", "cleaning_kinds", "describe_step", "kind_of"]

KINDS: dict[str, CellKind] = {
    kind.name: kind
    for kind in (
        Trim(),
        Case(),
        NullTokens(),
        Cast(),
        TimeZone(),
        UnitOf(),
        Replace(),
        Vocabulary(),
        Pseudonymise(),
        Mask(),
    )
}


def kind_of(name: str, *, place: str = "") -> CellKind:
    """The kind of a name, of those that are about cells.

    Raises:
        DeclarationError: When there is none.
    """
    if name not in KINDS:
        what = f"no kind of cleaning step is named {name!r}"
        raise DeclarationError(what, place=place, mend=near_names(name, [*KINDS, DEDUPLICATE]))
    return KINDS[name]


def cleaning_kinds() -> dict[str, str]:
    """What each kind of step makes of cells or rows, in one line each.

    >>> cleaning_kinds()["unit"]
    'values in another unit'
    """
    summaries = {kind.name: kind.summary for kind in KINDS.values()}
    return {**summaries, DEDUPLICATE: "of rows that are alike one is kept"}


def describe_step(step: CleaningStep) -> str:
    """What a step makes of its columns, as a sentence for people.

    >>> describe_step(CleaningStep("case", {"city": {"to": "upper"}}))
    'city in upper case'
    """
    if step.kind == DEDUPLICATE:
        return describe_duplicates(step)
    kind = kind_of(step.kind)
    return "; ".join(kind.sentence(_said(column), settings) for column, settings in step.settings.items())


def _said(column: str) -> str:
    return "every text" if column == "*" else column
