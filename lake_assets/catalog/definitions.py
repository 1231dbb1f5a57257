"""`governance.definitions`: what was declared, and since when; decided on the table, so that nothing is said twice.

It is the one record of what was declared before: neither commits nor the declarations of today could give it again. One
number remembers the whole of what is declared, so that a run without news reads the log of this table alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from lake_assets.catalog.declared import Definition
from lake_assets.catalog.definition_artefacts import DEFINITIONS
from lake_assets.model import Run
from lake_assets.storage.commit import Change, commit
from lake_assets.storage.data_files import write_data_files
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import Table, find_table

__all__ = ["acknowledge", "is_known", "record_definitions", "said_of"]

_DECLARED = "declared"
_DERIVED = "derived"
_DIGITS = 15

_State = Mapping[tuple[str, str], str]
"""The content hash of what is declared, by artefact and name."""


@dataclass(frozen=True)
class Whole:
    """All that is declared, as one number."""

    number: int

    @classmethod
    def of(cls, definitions: Iterable[Definition]) -> Whole:
        """The number of some definitions; it does not depend on their order."""
        told = sorted(f"{each.artefact}\0{each.name}\0{each.content_hash}" for each in definitions)
        return cls(int(hashlib.sha256("\n".join(told).encode()).hexdigest()[:_DIGITS], 16))


def is_known(table: Table | None, definitions: Sequence[Definition]) -> bool:
    """Whether all this is on record, and the tables that are made of it were brought up to it.

    Args:
        table: `governance.definitions` as it is.
        definitions: What is declared.
    """
    whole = Whole.of(definitions).number
    return table is not None and table.consumed(_DECLARED) == whole == table.consumed(_DERIVED)


def record_definitions(root: LakeRoot, definitions: Sequence[Definition], run: Run) -> Table | None:
    """Record what is new, other than before or no longer declared.

    Args:
        root: The lake.
        definitions: Everything that is declared.
        run: The run that sees it.

    Returns:
        The table as it is then.
    """
    whole = Whole.of(definitions).number

    def decide(table: Table | None) -> Change | None:
        if table is not None and table.consumed(_DECLARED) == whole:
            return None
        rows = _news(_state(table), definitions, run)
        files = write_data_files(root, DEFINITIONS.ref, pl.LazyFrame(rows, schema=DEFINITIONS.schema))
        return Change(
            DEFINITIONS.schema,
            files,
            consumed={_DECLARED: whole},
            note={"run_id": run.run_id, "rows_out": len(rows)},
            column_notes=DEFINITIONS.column_notes,
        )

    return commit(root, DEFINITIONS.ref, decide)


def acknowledge(root: LakeRoot, definitions: Sequence[Definition]) -> None:
    """Remember that the tables that are made of this one were brought up to it."""
    whole = Whole.of(definitions).number

    def decide(table: Table | None) -> Change | None:
        if table is None or table.consumed(_DECLARED) != whole or table.consumed(_DERIVED) == whole:
            return None
        return Change(DEFINITIONS.schema, consumed={_DERIVED: whole})

    commit(root, DEFINITIONS.ref, decide)


def said_of(root: LakeRoot, artefact: str) -> pl.DataFrame:
    """What was ever recorded of an artefact, oldest first."""
    table = find_table(root, DEFINITIONS.ref)
    if table is None:
        return pl.DataFrame(schema=DEFINITIONS.schema)
    rows = table.scan().filter(pl.col("artefact") == artefact).select(DEFINITIONS.schema.names())
    return rows.sort("at", "name", maintain_order=True).collect(engine="streaming")


def _state(table: Table | None) -> _State:
    if table is None:
        return {}
    rows = (
        table.scan()
        .select("artefact", "name", "at", "content_hash")
        .sort("at", maintain_order=True)
        .collect()
    )
    last = {(artefact, name): hashed for artefact, name, _, hashed in rows.iter_rows()}
    return {key: hashed for key, hashed in last.items() if hashed is not None}


def _news(state: _State, definitions: Sequence[Definition], run: Run) -> list[dict[str, object]]:
    declared = {(each.artefact, each.name): each for each in definitions}
    new = [each for key, each in declared.items() if state.get(key) != each.content_hash]
    gone = [key for key in state if key not in declared]
    seen: dict[str, object] = {"git_sha": run.git_sha, "at": run.started_at, "run_id": run.run_id}
    return [
        *(
            {
                "artefact": each.artefact,
                "name": each.name,
                "event": "declared",
                "content": each.text,
                "content_hash": each.content_hash,
                **seen,
            }
            for each in new
        ),
        *({"artefact": artefact, "name": name, "event": "withdrawn", **seen} for artefact, name in gone),
    ]
