"""What a trace tells, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from lake_assets.tracing.steps import CommitFacts, Decoding, Judging, LandedRecord, Row, SetAside

__all__ = ["Contribution", "Exactness", "Making", "RowTrace"]


class Exactness(StrEnum):
    """How well the rows are known that an output row was made of.

    `exact`: these rows and no others, and the transformation gives the output row of them again. `enough`: it gives the
    output row of these rows, and some of them may not bear on it. `bounded`: no other rows bear on it, and which of
    these do is not known.
    """

    EXACT = "exact"
    ENOUGH = "enough"
    BOUNDED = "bounded"


@dataclass(frozen=True)
class Contribution:
    """Rows of one input that an output row was made of.

    Args:
        table: The input.
        version: The version that was read.
        rows: How many rows.
        files: Ids of the landed files they came in, the first hundred; empty where rows do not say.
        by: The columns of the input that were held against the output row, with the values.
        first: The first of the rows, each traced further.
    """

    table: str
    version: int
    rows: int
    files: tuple[int, ...]
    by: Row
    first: tuple[RowTrace, ...]


@dataclass(frozen=True)
class Making:
    """How a row of the exploitation zone was made.

    Args:
        commit: By which commit of the table.
        declared_at: Where the transformation is declared.
        code: The query as declared now, or the name of the function.
        is_as_declared: Whether the table was made by the code that is declared now.
        exactness: How well the rows are known that it was made of.
        how: In what way they were found, or why they are not known better.
        inputs: The rows, by input.
    """

    commit: CommitFacts | None
    declared_at: str
    code: str
    is_as_declared: bool
    exactness: Exactness
    how: str
    inputs: tuple[Contribution, ...]


@dataclass(frozen=True)
class RowTrace:
    """Where a row comes from, step by step.

    Args:
        table: The table that the row is of.
        version: The version of it that was looked at.
        row: The row.
        making: How it was made, for a row of the exploitation zone.
        judging: How it was judged, for a row of trusted or its quarantine.
        decoding: How its record was read.
        record: The record.
        set_aside: What the quarantine says of the record, oldest first.
        problems: What could not be told, and why.
    """

    table: str
    version: int
    row: Row
    making: Making | None = None
    judging: Judging | None = None
    decoding: Decoding | None = None
    record: LandedRecord | None = None
    set_aside: tuple[SetAside, ...] = ()
    problems: tuple[str, ...] = ()
