"""What the work alone costs, without the start of the process and the imports."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["stopwatch"]


@contextmanager
def stopwatch() -> Iterator[None]:
    """Measure a block in this process and print `work_cpu_s` and `work_s` as the last line of its output."""
    cpu_s, wall_s = time.process_time(), time.perf_counter()
    yield
    print(json.dumps({"work_cpu_s": time.process_time() - cpu_s, "work_s": time.perf_counter() - wall_s}))
