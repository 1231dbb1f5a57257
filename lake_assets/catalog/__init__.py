"""The catalogue: what governance holds of the lake, kept as its artefacts, found by search."""

from lake_assets.catalog.artefact import Artefact, ArtefactKind
from lake_assets.catalog.artefacts import ARTEFACTS, artefact_of
from lake_assets.catalog.declared import Definition, declared_definitions
from lake_assets.catalog.listing import Standing, column_meanings, standings
from lake_assets.catalog.rebuilding import rebuild, rebuilt_artefacts
from lake_assets.catalog.recording import record

__all__ = [
    "ARTEFACTS",
    "Artefact",
    "ArtefactKind",
    "Definition",
    "Standing",
    "artefact_of",
    "column_meanings",
    "declared_definitions",
    "rebuild",
    "rebuilt_artefacts",
    "record",
    "standings",
]
