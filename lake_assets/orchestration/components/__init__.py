"""The kinds of `defs.yaml`: a source, many sources, a folder of exploitation tables, the words of the analysts."""

from lake_assets.orchestration.components.exploitation import Exploitation
from lake_assets.orchestration.components.source import Source
from lake_assets.orchestration.components.sources import Sources
from lake_assets.orchestration.components.vocabulary import Vocabulary

__all__ = ["Exploitation", "Source", "Sources", "Vocabulary"]
