"""A transformation to a table: one file per engine."""

from lake_assets.engines.protocol import Engine
from lake_assets.engines.registry import engine_class, open_engine

__all__ = ["Engine", "engine_class", "open_engine"]
