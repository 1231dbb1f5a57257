"""The artefacts that are declared: each row holds from one moment to another, as long as its content is the same."""

from __future__ import annotations

import polars as pl

from lake_assets.catalog.artefact import UTC_TIME, Artefact, ArtefactKind, Field

__all__ = ["DATA_COLLECTORS", "DEFINED", "DEFINITIONS", "QUALITY_RULES", "TARGETS", "VOCABULARY"]

_TEXT, _INT, _BOOL, _TEXTS = pl.String(), pl.Int64(), pl.Boolean(), pl.List(pl.String())
_FROM = "governance.definitions"

_SINCE: tuple[Field, ...] = (
    ("path", _TEXT, "the file that declares it, under the folder of declarations"),
    ("content_hash", _TEXT, "changes whenever what is declared of it does"),
    ("git_sha", _TEXT, "the commit of the project in which it was first seen so"),
    ("valid_from", UTC_TIME, "since when it is so, UTC"),
    ("valid_to", UTC_TIME, "until when it was so; null while it is"),
    ("run_id", _TEXT, "the run that first saw it so"),
)

DEFINITIONS = Artefact(
    "definitions",
    "Definitions",
    ArtefactKind.PEOPLE,
    "What was declared, and since when: one row for each change. The tables of definitions are made of it.",
    (
        ("artefact", _TEXT, "the artefact that it belongs to"),
        ("name", _TEXT, "what is defined"),
        ("event", _TEXT, "declared: new or other than before; withdrawn: no longer declared"),
        ("content", _TEXT, "JSON: what is declared of it; null when it is withdrawn"),
        ("content_hash", _TEXT, "changes whenever the content does"),
        ("git_sha", _TEXT, "the commit of the project that holds the declarations"),
        ("at", UTC_TIME, "when the run began that saw it, UTC"),
        ("run_id", _TEXT, "the run"),
    ),
)

DATA_COLLECTORS = Artefact(
    "data_collectors",
    "Data collectors",
    ArtefactKind.DEFINITION,
    "How the data of a source is collected: connector, connection, schedule, credentials by name.",
    (
        ("source", _TEXT, "name of the source"),
        ("connector", _TEXT, "kind of the connector"),
        ("connection", _TEXT, "JSON: its options; a value that may be a secret is not among them"),
        ("credentials", _TEXTS, "names of the environment variables that it takes"),
        ("every_s", _INT, "seconds between two looks at the source; 0 on request"),
        ("collects", _TEXT, "JSON: what is collected for each dataset"),
        ("owner", _TEXT, "the team that answers for it"),
        *_SINCE,
    ),
    number=1,
    made_from=_FROM,
)

QUALITY_RULES = Artefact(
    "quality_rules",
    "Data quality rules",
    ArtefactKind.DEFINITION,
    "What the rows of a table must keep, who answers for it, and what a breach does.",
    (
        ("table", _TEXT, "the table that it judges"),
        ("rule_id", _TEXT, "its name, also that of its asset check"),
        ("kind", _TEXT, "what kind of rule it is"),
        ("columns", _TEXTS, "the columns that it judges"),
        ("parameters", _TEXT, "JSON: bounds, sets, patterns; not those of personal columns"),
        ("severity", _TEXT, "warn, quarantine or block"),
        (
            "dimension",
            _TEXT,
            "the dimension of data quality, in the words of the Open Data Contract Standard",
        ),
        ("description", _TEXT, "the rule in words"),
        ("reason", _TEXT, "why it must hold"),
        ("owner", _TEXT, "the team that answers for it"),
        ("version", _TEXT, "changes whenever what it asks or does changes; verdicts name it"),
        *_SINCE,
    ),
    number=7,
    made_from=_FROM,
)

TARGETS = Artefact(
    "targets",
    "Targets",
    ArtefactKind.DEFINITION,
    "The exploitation tables: what they mean, what identifies a row, who uses them.",
    (
        ("table", _TEXT, "the table"),
        ("description", _TEXT, "what it means"),
        ("grain", _TEXT, "what one row stands for"),
        ("key", _TEXTS, "the columns that identify a row"),
        ("owner", _TEXT, "the team that answers for it"),
        ("consumers", _TEXTS, "who uses it"),
        ("inputs", _TEXTS, "the tables that it is made of"),
        ("language", _TEXT, "sql or python"),
        ("engine", _TEXT, "which engine makes it"),
        ("incremental_on", _TEXT, "the input whose new rows alone are worked through"),
        ("columns", _TEXT, "JSON: meaning and unit of its columns"),
        ("code_hash", _TEXT, "changes whenever the transformation does"),
        *_SINCE,
    ),
    number=9,
    made_from=_FROM,
)

VOCABULARY = Artefact(
    "vocabulary",
    "Day-by-day vocabulary",
    ArtefactKind.DEFINITION,
    "The words of the analysts, and the columns that mean them.",
    (
        ("term", _TEXT, "the word"),
        ("definition", _TEXT, "what it means"),
        ("synonyms", _TEXTS, "what else people call it"),
        ("binds", _TEXTS, "the columns that mean it, as zone.table.column"),
        ("owner", _TEXT, "the team that answers for the definition"),
        *_SINCE,
    ),
    number=10,
    made_from=_FROM,
)

DEFINED = (DATA_COLLECTORS, QUALITY_RULES, TARGETS, VOCABULARY)
"""Those that are made of `DEFINITIONS`. Their columns but the last ones are what the content holds."""
