"""The kinds of `defs.yaml`: a source, many sources, a folder of exploitation tables."""

from lake_assets.orchestration.components.exploitation import Exploitation
from lake_assets.orchestration.components.source import Source
from lake_assets.orchestration.components.sources import Sources

__all__ = ["Exploitation", "Source", "Sources"]
