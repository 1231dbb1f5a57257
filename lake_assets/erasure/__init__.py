"""A person taken out of the lake: found in all zones, erased, and looked for again until nothing is left."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
