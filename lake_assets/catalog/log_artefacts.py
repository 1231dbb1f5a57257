"""The artefacts that are only added to: what passed from zone to zone, taken from what commits say of themselves."""

from __future__ import annotations

import polars as pl

from lake_assets.catalog.artefact import UTC_TIME, Artefact, ArtefactKind, Field

__all__ = ["DATA_SOURCES", "EXPOSED_INSTANCES", "FLOWS", "PROCESSED_ELEMENTS", "PROCESSED_INSTANCES"]

_TEXT, _INT, _TEXTS = pl.String(), pl.Int64(), pl.List(pl.String())

_COMMIT: tuple[Field, ...] = (
    ("table", _TEXT, "the table"),
    ("version", _INT, "its Delta version"),
    ("at", UTC_TIME, "when it was committed, UTC"),
    ("run_id", _TEXT, "the run"),
)
_CODE: tuple[Field, ...] = (
    ("code_version", _TEXT, "the version of lake_assets"),
    ("git_sha", _TEXT, "the commit of the project that holds the declarations"),
)

DATA_SOURCES = Artefact(
    "data_sources",
    "Data sources registry",
    ArtefactKind.LOG,
    "Which sources and datasets there are, and when each was seen: a row for each change of what is declared, and one"
    " for each run that noted files of it.",
    (
        ("source", _TEXT, "name of the source"),
        ("dataset", _TEXT, "name of the dataset"),
        ("event", _TEXT, "declared, withdrawn, or seen: files of it were noted"),
        ("at", UTC_TIME, "when, UTC"),
        ("run_id", _TEXT, "the run"),
        ("description", _TEXT, "what the dataset is"),
        ("source_description", _TEXT, "what the source is"),
        ("owner", _TEXT, "the team that answers for it"),
        ("licence", _TEXT, "under which licence it may be used"),
        ("grain", _TEXT, "what one row stands for"),
        ("key", _TEXTS, "the columns that identify a row"),
        ("write_mode", _TEXT, "how rows enter the trusted table"),
        ("format", _TEXT, "the format of its files"),
        ("tags", _TEXTS, "free words"),
        ("personal_columns", _TEXTS, "columns that are declared personal"),
        ("files", _INT, "number of files that landed"),
        ("duplicates", _INT, "number of files that repeated a landed one"),
        ("size_bytes", _INT, "bytes that landed"),
        ("newest_file", _INT, "the greatest file id, see governance.processed_files"),
    ),
    number=2,
    made_from="governance.definitions and governance.processed_files",
)

PROCESSED_ELEMENTS = Artefact(
    "processed_elements",
    "Processed elements",
    ArtefactKind.LOG,
    "Which elements of the schema passed into the formatted zone: one row for each column of each version.",
    (
        *_COMMIT,
        ("element", _TEXT, "its name in the files"),
        ("column", _TEXT, "the column of the formatted table"),
        ("type", _TEXT, "the type of the column"),
        ("ordinal_position", _INT, "its place in the table, from 1"),
        ("rows", _INT, "rows that this version brought"),
        ("nulls", _INT, "those of them in which it is null"),
    ),
    number=5,
    made_from="the commits of the formatted zone",
)

PROCESSED_INSTANCES = Artefact(
    "processed_instances",
    "Processed instances",
    ArtefactKind.LOG,
    "How many rows passed into the trusted zone: one row for each commit.",
    (
        *_COMMIT,
        ("input_version", _INT, "the Delta version of the table before it that was read"),
        ("rows_in", _INT, "rows that were judged"),
        ("rows_accepted", _INT, "rows that were written"),
        ("rows_quarantined", _INT, "rows that were set aside"),
        ("rows_merged", _INT, "rows that took the place of another of their key, or gave theirs"),
        ("rows_deleted", _INT, "rows that a snapshot no longer had"),
        ("rules_broken", _TEXTS, "the rules that stood broken"),
        ("why", _TEXT, "why rows were taken back, for a replay"),
        *_CODE,
    ),
    number=6,
    made_from="the commits of the trusted zone",
)

EXPOSED_INSTANCES = Artefact(
    "exposed_instances",
    "Exposed instances",
    ArtefactKind.LOG,
    "How many rows passed into the exploitation zone: one row for each commit.",
    (
        *_COMMIT,
        ("inputs", _TEXT, "JSON: the Delta version of each input"),
        ("write_mode", _TEXT, "replace: made whole; upsert: made of new rows alone"),
        ("rows_written", _INT, "rows that were written"),
        ("rows_merged", _INT, "rows that took the place of another of their key"),
        ("rules_broken", _TEXTS, "the rules that stood broken"),
        *_CODE,
    ),
    number=8,
    made_from="the commits of the exploitation zone",
)

FLOWS = {"formatted": PROCESSED_ELEMENTS, "trusted": PROCESSED_INSTANCES, "exploitation": EXPOSED_INSTANCES}
"""By the zone whose commits it tells of."""
