"""Data discovery: which tables of a lake join, by what is declared and by the values that they hold."""

from lake_assets.discovery.joins import Join, joins_of

__all__ = ["Join", "joins_of"]
