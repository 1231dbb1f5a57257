"""What a decision is about, held against what is there to be decided; and who decides."""

from __future__ import annotations

from collections.abc import Sequence
from getpass import getuser

import polars as pl

from lake_assets.errors import DeclarationError, near_names
from lake_assets.governance.schema_drift import SCHEMA_DRIFT
from lake_assets.model import Rule
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import find_table

__all__ = ["drift_of", "rule_version", "whoami"]


def whoami() -> str:
    """The name of who is logged in, for the record; where the system knows none, that."""
    try:
        return getuser()
    except (KeyError, OSError):
        return "unknown"


def drift_of(root: LakeRoot, dataset: str, element: str) -> str:
    """What kind of drift an element showed last.

    Args:
        root: The lake.
        dataset: Its dataset.
        element: Its name in the files.

    Raises:
        DeclarationError: When it never drifted.
    """
    table = find_table(root, SCHEMA_DRIFT)
    if table is None:
        raise _no_drift(dataset, element, [])
    seen = table.scan().filter(pl.col("dataset") == dataset).sort("at").select("element", "kind").collect()
    last = dict(seen.iter_rows())
    if element not in last:
        raise _no_drift(dataset, element, list(last))
    return str(last[element])


def _no_drift(dataset: str, element: str, known: Sequence[str]) -> DeclarationError:
    what = f"no element {element!r} of {dataset} ever drifted"
    return DeclarationError(what, place="governance.schema_drift", mend=near_names(element, known))


def rule_version(rules: Sequence[Rule], rule_id: str, table: str) -> str:
    """The version of a rule as it is declared now.

    Args:
        rules: Of the table.
        rule_id: The rule.
        table: The table, for the error.

    Raises:
        DeclarationError: When there is no such rule.
    """
    known = {rule.rule_id: rule for rule in rules}
    if rule_id not in known:
        raise DeclarationError(
            f"{table} has no rule {rule_id!r}", place=f"table {table}", mend=near_names(rule_id, known)
        )
    return known[rule_id].version
