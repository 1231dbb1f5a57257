from lake_assets.lake import Lake as Lake
from lake_assets.orchestration.components import Exploitation as Exploitation
from lake_assets.orchestration.components import Source as Source
from lake_assets.orchestration.components import Sources as Sources
from lake_assets.orchestration.components import Vocabulary as Vocabulary

__all__ = ["Exploitation", "Lake", "Source", "Sources", "Vocabulary"]
