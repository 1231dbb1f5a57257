"""Cleaning steps: declared, ordered, taken in the pass that judges and writes the rows, each with counts.

Declare steps, compile them for a schema, clean the rows:

    steps = [declare_step({"trim": "*"}), declare_step({"case": {"country": "upper"}})]
    cleaning = compile_steps(steps, rows.collect_schema(), Scope())
    tally = Tally()
    with tally:
        cleaning.clean(rows, tally).sink_parquet(...)
    tally.cleaned()
"""

from lake_assets.cleaning.checking import check_steps
from lake_assets.cleaning.compilation import Cleaning, compile_steps
from lake_assets.cleaning.declaration import declare_step
from lake_assets.cleaning.kind import Cell, CellKind, HidingKind, Kind, Scope
from lake_assets.cleaning.kinds import KINDS, cleaning_kinds, describe_step
from lake_assets.cleaning.kinds.deduplicate import DEDUPLICATE
from lake_assets.cleaning.kinds.vocabulary import DECIDED
from lake_assets.cleaning.tally import Tally

__all__ = [
    "DECIDED",
    "DEDUPLICATE",
    "KINDS",
    "Cell",
    "CellKind",
    "Cleaning",
    "HidingKind",
    "Kind",
    "Scope",
    "Tally",
    "check_steps",
    "cleaning_kinds",
    "compile_steps",
    "declare_step",
    "describe_step",
]
