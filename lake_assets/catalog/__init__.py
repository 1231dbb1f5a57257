"""The catalogue: what governance holds of the lake, kept as its artefacts, found by search."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
