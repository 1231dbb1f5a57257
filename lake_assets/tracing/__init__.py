"""A row back to the record it was made of, and why a row, a rejection or a column is as it is."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
