"""The DataOps backbone: sources through landing, formatted, trusted and exploitation zones to analysis.

`Lake` is the library. `Source`, `Sources`, `Exploitation` and `Vocabulary` are the Dagster components that YAML names;
they, and Dagster with them, are imported only when asked for, since a lake is also used from notebooks and scripts.
"""

from importlib import import_module

__all__ = ["Exploitation", "Lake", "Source", "Sources", "Vocabulary"]

_HOME = {
    "Exploitation": "lake_assets.orchestration.components",
    "Lake": "lake_assets.lake",
    "Source": "lake_assets.orchestration.components",
    "Sources": "lake_assets.orchestration.components",
    "Vocabulary": "lake_assets.orchestration.components",
}


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOME})
