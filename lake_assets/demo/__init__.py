"""The demo's outside world: New York's flights of 2013 as raw files, and real servers that hand them out."""

from __future__ import annotations

from lake_assets.demo._packages import DemoError
from lake_assets.demo.prepare import DemoFiles, prepare
from lake_assets.demo.servers import DemoServers, serve

__all__ = ["DemoError", "DemoFiles", "DemoServers", "prepare", "serve"]
