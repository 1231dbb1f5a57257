"""How a contestant's script is called: `python -m benchmarks.contestants.<script> STEP FOLDER`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

__all__ = ["run_step"]


def run_step(*steps: Callable[[Path], None]) -> None:
    """Run the step that the command line names, on the folder that it names."""
    name, folder = sys.argv[1:3]
    {step.__name__: step for step in steps}[name](Path(folder))
