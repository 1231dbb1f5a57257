"""The lake as Dagster sees it; no logic of its own."""
