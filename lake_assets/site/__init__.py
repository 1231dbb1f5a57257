"""A site of static pages about a lake: every table, source, rule and word, from declarations, logs and governance.

The pages need no server, hold no value of a personal column and no secret, and the same lake gives the same bytes. Who
knows more of where the values of a column are from hands it over (`ColumnOrigins`).
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
