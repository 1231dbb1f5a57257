"""Who competes in W1, step by step, and what each does: the tables that `benchmarks.w1` runs."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.contestants.tpch import TABLES

__all__ = ["CONTESTS", "PRODUCT", "Contest", "Entry"]

PRODUCT = "lake_assets"

_KEPT = ("trusted_rows", "trusted_quantity")
_SUMS = tuple(f"{query}_{fact}" for query in ("q1", "q3", "q5") for fact in ("rows", "revenue"))
_TYPED = "typed; a bad cell becomes null without a trace"
_SPLIT = "rules, unique key, broken rows with reasons to quarantine"
_NO_LOG = "Parquet without a table log"


@dataclass(frozen=True)
class Entry:
    """A contestant of a step.

    Args:
        name: The tool, with a variant after a colon.
        step: The argument of its script.
        does: What it does and what it leaves out.
        excused: Facts that may differ from the truth, because `does` says why.
    """

    name: str
    step: str
    does: str
    excused: tuple[str, ...] = ()

    @property
    def tool(self) -> str:
        """The tool without the variant."""
        return self.name.partition(":")[0]


@dataclass(frozen=True)
class Contest:
    """A step of W1.

    Args:
        name: Its name.
        title: The heading of its table.
        zones: The zones that the output is checked in.
        tables: What the product declares for it.
        before: The steps of the product that it finds done.
        entries: Who competes; the first is the baseline.
        agree: Facts in which all must agree with the baseline.
    """

    name: str
    title: str
    zones: tuple[str, ...]
    tables: tuple[str, ...]
    before: tuple[str, ...]
    entries: tuple[Entry, ...]
    agree: tuple[str, ...] = ()


_FORMATTED = (
    Entry("polars", "formatted", f"bare `scan_csv().sink_delta()`: {_TYPED}"),
    Entry("polars:text", "text", "bare `scan_csv().sink_delta()`: every column text"),
    Entry("polars:schema", "schema", f"bare, all types in `schema`, errors ignored: {_TYPED}"),
    Entry("duckdb", "formatted", f"{_TYPED}; {_NO_LOG}"),
    Entry("duckdb:text", "text", f"every column text; {_NO_LOG}"),
    Entry("dlt", "formatted", f"Arrow path to Delta: {_TYPED}; load recorded"),
    Entry("floe", "formatted", f"to Delta, cast mode coerce: {_TYPED}; run report"),
    Entry(
        PRODUCT,
        "formatted",
        "raw file hashed and kept; typed; bad cells kept as text; file and row number on each row",
    ),
)

_TRUSTED = (
    Entry("polars:copy", "copy", "bare copy: no rule, no key", excused=(*_KEPT, "quarantined")),
    Entry("polars", "trusted", f"by hand, `unique()`: {_SPLIT}"),
    Entry("polars:narrow", "trusted_narrow", f"by hand, doubles looked for among the keys alone: {_SPLIT}"),
    Entry("duckdb", "trusted", f"by hand: {_SPLIT}; {_NO_LOG}"),
    Entry(
        "pandera",
        "trusted",
        "`drop_invalid_rows`, key by Polars; no quarantine, no reasons",
        excused=("quarantined",),
    ),
    Entry(PRODUCT, "trusted", f"{_SPLIT}, file and row; verdicts recorded; only what is new is read"),
)

_EXPLOITATION = (
    Entry("duckdb", "exploitation", f"Q1, Q3, Q5; {_NO_LOG}"),
    Entry("polars", "exploitation", "Q1, Q3, Q5 by `SQLContext`, to Delta"),
    Entry(PRODUCT, "exploitation", "Q1, Q3, Q5, with the versions read recorded"),
)

_CHAIN = (
    Entry("polars", "chain", f"by hand, one process: {_SPLIT}; Q1, Q3, Q5"),
    Entry("duckdb", "chain", f"by hand, one process: {_SPLIT}; Q1, Q3, Q5; {_NO_LOG}"),
    Entry(
        "dlt",
        "chain",
        "Arrow path, three pipelines: typed; row rules by hand; Q1, Q3, Q5 by DuckDB; no unique key, "
        "no quarantine",
        excused=(*_KEPT, "quarantined", *_SUMS),
    ),
    Entry(
        "floe",
        "trusted",
        "CSV straight to trusted: types, not null, unique key, rejected rows as CSV; no ranges, "
        "no references, no Q1, Q3, Q5",
        excused=("formatted_rows", "formatted_quantity", *_KEPT, "quarantined", *_SUMS),
    ),
    Entry(PRODUCT, "chain", f"raw files kept; {_SPLIT}; Q1, Q3, Q5; every step recorded"),
)

CONTESTS = (
    Contest("formatted", "CSV to formatted, lineitem", ("formatted",), ("lineitem",), (), _FORMATTED),
    Contest(
        "trusted",
        "Formatted to trusted, lineitem",
        ("trusted", "quarantine"),
        ("lineitem", "supplier"),
        ("formatted",),
        _TRUSTED,
    ),
    Contest(
        "exploitation",
        "Trusted to exploitation, three queries",
        ("exploitation",),
        TABLES,
        ("formatted", "trusted"),
        _EXPLOITATION,
        agree=_SUMS,
    ),
    Contest(
        "chain",
        "Six CSV files to exploitation",
        ("formatted", "trusted", "quarantine", "exploitation"),
        TABLES,
        (),
        _CHAIN,
        agree=_SUMS,
    ),
)
