"""The catalogue: what governance holds of the lake, kept as its artefacts, found by search."""

from lake_assets.catalog.artefact import Artefact, ArtefactKind
from lake_assets.catalog.artefacts import ARTEFACTS, artefact_of
from lake_assets.catalog.columns import ColumnFacts, column_facts, owner_of, tags_of
from lake_assets.catalog.declared import Definition, declared_definitions
from lake_assets.catalog.indexing import refresh_index
from lake_assets.catalog.listing import Standing, column_meanings, standings
from lake_assets.catalog.personal import PersonalColumn, personal_columns
from lake_assets.catalog.rebuilding import rebuild, rebuilt_artefacts
from lake_assets.catalog.recording import record

__all__ = [
    "ARTEFACTS",
    "Artefact",
    "ArtefactKind",
    "ColumnFacts",
    "Definition",
    "PersonalColumn",
    "Standing",
    "artefact_of",
    "column_facts",
    "column_meanings",
    "declared_definitions",
    "owner_of",
    "personal_columns",
    "rebuild",
    "rebuilt_artefacts",
    "record",
    "refresh_index",
    "standings",
    "tags_of",
]
