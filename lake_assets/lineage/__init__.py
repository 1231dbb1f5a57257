"""Column lineage without annotation: which column depends on which, from plans and from what is declared.

The optimised plan of a transformation is read over empty tables, so before anything runs. What a plan does not show,
such as a Python function, may depend on all that goes in, and is marked opaque; nothing is left out, and nothing fails.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
