"""The contract of a dataset: our declaration and the Open Data Contract Standard (ODCS v3), each to the other.

Only plain values here, as YAML has them; files, places and checks of a declaration are left to `declarations`.

Source: Open Data Contract Standard, https://bitol-io.github.io/open-data-contract-standard/.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
