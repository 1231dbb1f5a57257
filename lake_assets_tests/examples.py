"""How many examples the longest property tests draw: as many as they say, LAKE_EXAMPLES times."""

import os

__all__ = ["drawn"]


def drawn(count: int) -> int:
    """So many examples, or a multiple of them."""
    return count * int(os.environ.get("LAKE_EXAMPLES", "1"))
