"""Start the child: `python -P _start.py DESCRIPTOR`, the descriptor being its end of a socket pair.

Run as a script. It puts an empty package in the place of `lake_assets.formats`, so that the modules below it are found
without what that package imports: the child starts in a fifth of the time.
"""

from __future__ import annotations

import signal
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

_ROOM = "lake_assets.formats"


def main() -> None:
    """Serve until the parent closes its end, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    folder = Path(__file__).resolve().parents[1]
    sys.path.insert(0, str(folder.parents[1]))
    room = ModuleType(_ROOM)
    room.__path__ = [str(folder)]
    sys.modules[_ROOM] = room
    import_module(f"{_ROOM}.apart.serve").serve(int(sys.argv[1]))


if __name__ == "__main__":
    main()
