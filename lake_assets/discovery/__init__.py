"""Data discovery: which tables of a lake join, by what is declared and by the values that they hold."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
