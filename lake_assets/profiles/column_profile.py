"""What a profile says of a table and of each of its columns."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from lake_assets.model import TableRef

__all__ = ["ColumnProfile", "Drift", "Histogram", "Shares", "TableProfile"]

Counted = tuple[tuple[str, int], ...]
"""Values or patterns with how often they occur in the sample, the most frequent first."""


@dataclass(frozen=True)
class Histogram:
    """How often values fall into bins of one width; the first and the last bin take what lies outside.

    Args:
        low: Where the bins begin.
        high: Where they end.
        counts: One for each bin, in the sample.
    """

    low: float
    high: float
    counts: tuple[int, ...]


@dataclass(frozen=True)
class Shares:
    """How the values of a column are distributed, in a form that the next version can be held against.

    Args:
        edges: For numbers and times: the upper ends of the bins, of which the last is open.
        values: For others: the values that have a share of their own; all others share the last one.
        shares: Of the rows in each bin or value, then of the nulls.
    """

    edges: tuple[float, ...] = ()
    values: tuple[str, ...] = ()
    shares: tuple[float, ...] = ()


@dataclass(frozen=True)
class Drift:
    """How far a column is from the version that was profiled before.

    Args:
        version: That version.
        psi: Population stability index: below 0.1 little, above 0.25 much.
        ks: Kolmogorov-Smirnov statistic, from 0 to 1; None where values have no order.
    """

    version: int
    psi: float
    ks: float | None = None

    @property
    def word(self) -> str:
        """The usual reading of the index."""
        little, much = 0.1, 0.25
        return "stable" if self.psi < little else ("shifted" if self.psi < much else "drifted")


@dataclass(frozen=True)
class ColumnProfile:
    """What a column holds.

    Args:
        name: Its name.
        kind: Its type, without its parameters.
        nulls: Number of nulls.
        distinct: Number of different values, approximately where the table is larger than the sample; None for nested
            columns.
        minimum: The least value, as text; None where there is none or values are not shown.
        maximum: The greatest value.
        mean: Of numbers.
        std: Standard deviation of numbers.
        quantiles: Of numbers and times, in steps of a twentieth from 0 to 1, in the sample; times in microseconds.
        histogram: Of numbers and times.
        top: The most frequent values in the sample; empty where none occurs twice.
        patterns: The most frequent shapes of texts in the sample: A for a capital, a for a small letter, 9 for a digit.
        meaning: What kind of thing its values are, where that is plain.
        is_personal: Whether its values are never shown: declared so, or of a kind that tells of persons.
        shares: For the drift of the next version.
        drift: Against the version profiled before; None for the first, or where nothing can be compared.
    """

    name: str
    kind: str
    nulls: int
    distinct: int | None = None
    minimum: str | None = None
    maximum: str | None = None
    mean: float | None = None
    std: float | None = None
    quantiles: tuple[float, ...] = ()
    histogram: Histogram | None = None
    top: Counted = ()
    patterns: Counted = ()
    meaning: str = ""
    is_personal: bool = False
    shares: Shares | None = None
    drift: Drift | None = None


@dataclass(frozen=True)
class TableProfile:
    """What one version of a table holds.

    Args:
        table: The table.
        version: Its Delta version.
        rows: Number of rows.
        sampled: Number of rows in the sample.
        columns: In the order of the table, without those that say where rows come from.
        keys: Columns or sets of columns that may identify a row.
        at: When it was made, UTC.
        run_id: The run that made it.
        seconds: Wall time.
    """

    table: TableRef
    version: int
    rows: int
    sampled: int
    columns: tuple[ColumnProfile, ...]
    at: datetime
    keys: tuple[tuple[str, ...], ...] = ()
    run_id: str = ""
    seconds: float = field(default=0.0, compare=False)

    def column(self, name: str) -> ColumnProfile | None:
        """A column by name; None when it is not there."""
        return next((each for each in self.columns if each.name == name), None)
