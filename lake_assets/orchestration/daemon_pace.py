"""How long Dagster's daemon rests between two looks at its sensors."""

from __future__ import annotations

import sys
from typing import Any

__all__ = ["rest_briefly"]

_REST_S = 1


def rest_briefly() -> None:
    """Let a daemon in this process rest a second instead of five, in which nobody waits for the next file.

    Dagster has no setting for it. Where its constant is not found, it rests as ever.
    """
    loop: Any = sys.modules.get("dagster._daemon.sensor")
    if getattr(loop, "MIN_INTERVAL_LOOP_TIME", 0) > _REST_S:
        loop.MIN_INTERVAL_LOOP_TIME = _REST_S
