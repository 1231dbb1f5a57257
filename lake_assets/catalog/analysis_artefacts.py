"""The artefacts of the analysis backbone: their tables are there; the backbone fills them."""

from __future__ import annotations

import polars as pl

from lake_assets.catalog.artefact import UTC_TIME, Artefact, ArtefactKind, Field

__all__ = ["ANALYSIS"]

_TEXT, _INT, _REAL, _TEXTS = pl.String(), pl.Int64(), pl.Float64(), pl.List(pl.String())

_ANALYSIS: Field = ("analysis", _TEXT, "the analysis that it belongs to")
_RUN: tuple[Field, ...] = (
    ("at", UTC_TIME, "when, UTC"),
    ("run_id", _TEXT, "the run"),
    ("code_version", _TEXT, "the version of lake_assets"),
    ("git_sha", _TEXT, "the commit of the project"),
)
_SINCE: tuple[Field, ...] = (
    ("content_hash", _TEXT, "changes whenever what is declared of it does"),
    ("git_sha", _TEXT, "the commit of the project in which it was first seen so"),
    ("valid_from", UTC_TIME, "since when it is so, UTC"),
    ("valid_to", UTC_TIME, "until when it was so; null while it is"),
    ("run_id", _TEXT, "the run that first saw it so"),
)


def _waiting(number: int, name: str, title: str, description: str, fields: tuple[Field, ...]) -> Artefact:
    is_log = ("at", UTC_TIME, "when, UTC") in fields
    kind = ArtefactKind.LOG if is_log else ArtefactKind.DEFINITION
    return Artefact(name, title, kind, description, fields, number, is_waiting=True)


ANALYSIS = (
    _waiting(
        11,
        "data_views",
        "Data views registry",
        "The analytical sandboxes: which tables, at which versions, by which filter.",
        (
            _ANALYSIS,
            ("data_view", _TEXT, "name of the sandbox"),
            ("inputs", _TEXT, "JSON: the tables and the Delta version of each"),
            ("filter", _TEXT, "which of their rows"),
            ("rows", _INT, "number of rows"),
            *_RUN,
        ),
    ),
    _waiting(
        12,
        "preparation_mappings",
        "Preparation mappings",
        "Which columns of a sandbox become which feature.",
        (
            _ANALYSIS,
            ("feature", _TEXT, "name of the feature"),
            ("inputs", _TEXTS, "the columns that it is made of, as table.column"),
            ("transformation_type", _TEXT, "direct or indirect, in the words of OpenLineage"),
            ("transformation_description", _TEXT, "how it is made"),
            *_SINCE,
        ),
    ),
    _waiting(
        13,
        "preparation_rules",
        "Data preparation rules",
        "Fitted steps of preparation: discretising, one-hot, normalising.",
        (
            _ANALYSIS,
            ("rule_id", _TEXT, "name of the step"),
            ("kind", _TEXT, "what kind of step it is"),
            ("columns", _TEXTS, "the columns that it prepares"),
            ("parameters", _TEXT, "JSON: what it was given"),
            ("fitted", _TEXT, "JSON: what it learnt from the training dataset"),
            *_SINCE,
        ),
    ),
    _waiting(
        14,
        "datasets",
        "Datasets registry",
        "Training and test datasets, stored, with the split that made them.",
        (
            _ANALYSIS,
            ("dataset", _TEXT, "name of the dataset"),
            ("role", _TEXT, "training, test or validation"),
            ("split", _TEXT, "JSON: how rows were told apart"),
            ("inputs", _TEXT, "JSON: the tables and the Delta version of each"),
            ("rows", _INT, "number of rows"),
            ("path", _TEXT, "where it is stored, under the lake root"),
            *_RUN,
        ),
    ),
    _waiting(
        15,
        "models",
        "Models",
        "Trained models: algorithm, hyperparameters, what they were trained on.",
        (
            _ANALYSIS,
            ("model", _TEXT, "name of the model"),
            ("version", _TEXT, "its version"),
            ("algorithm", _TEXT, "the algorithm"),
            ("hyperparameters", _TEXT, "JSON: what it was given"),
            ("inputs", _TEXT, "JSON: the training dataset and its version"),
            ("path", _TEXT, "where the artefact is stored, under the lake root"),
            *_RUN,
        ),
    ),
    _waiting(
        16,
        "performance",
        "Performance",
        "Figures of each model on each dataset, over time.",
        (
            _ANALYSIS,
            ("model", _TEXT, "name of the model"),
            ("version", _TEXT, "its version"),
            ("dataset", _TEXT, "the dataset that it was held against"),
            ("metric", _TEXT, "name of the figure"),
            ("value", _REAL, "the figure"),
            *_RUN,
        ),
    ),
)
"""The artefacts 11 to 16."""
