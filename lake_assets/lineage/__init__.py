"""Column lineage without annotation: which column depends on which, from plans and from what is declared.

The optimised plan of a transformation is read over empty tables, so before anything runs. What a plan does not show,
such as a Python function, may depend on all that goes in, and is marked opaque; nothing is left out, and nothing fails.
"""

from lake_assets.lineage.about import About, about_table
from lake_assets.lineage.drawing import drawing_of
from lake_assets.lineage.emitter import EVENTS_FILE, Emitter, open_emitter
from lake_assets.lineage.impact import Breakage, Impact, TouchedRule, impact_of
from lake_assets.lineage.of_lake import LakeLineage, lineage_of_dataset, lineage_of_made, lineages_of_dataset
from lake_assets.lineage.places import columns_named
from lake_assets.lineage.recording import record_all_mappings
from lake_assets.lineage.transformation import Traced, lineage_of, trace_transformation
from lake_assets.lineage.tree import (
    Branch,
    Edge,
    edges_of,
    edges_of_table,
    edges_to_rows,
    trees_down,
    trees_up,
)

__all__ = [
    "EVENTS_FILE",
    "About",
    "Branch",
    "Breakage",
    "Edge",
    "Emitter",
    "Impact",
    "LakeLineage",
    "TouchedRule",
    "Traced",
    "about_table",
    "columns_named",
    "drawing_of",
    "edges_of",
    "edges_of_table",
    "edges_to_rows",
    "impact_of",
    "lineage_of",
    "lineage_of_dataset",
    "lineage_of_made",
    "lineages_of_dataset",
    "open_emitter",
    "record_all_mappings",
    "trace_transformation",
    "trees_down",
    "trees_up",
]
