"""Making many objects that stay, without the collector looking at all of them again and again."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["uncollected"]


@contextmanager
def uncollected() -> Iterator[None]:
    """Make what stays for as long as the process does: nothing is collected in the block, nor looked at after it.

    The definitions of many sources are millions of objects, none of them garbage; looking for garbage among them took
    half of the time of making them. What a block makes of cycles and drops is not given back: for what a process does
    once.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        if was_enabled:
            gc.enable()
