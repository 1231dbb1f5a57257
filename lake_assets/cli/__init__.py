"""The command `lake`: thin; each command imports what it needs only when it runs."""

from lake_assets.cli.commands import main

__all__ = ["main"]
