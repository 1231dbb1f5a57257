"""Run a Python module as a program that ends when its parent does.

Started as a script: `python -P _ward.py MODULE [ARGUMENT ...]`. The parent keeps the other end of standard
input open; however the parent ends, kill -9 included, the kernel closes it, and that ends this process too.
So it needs no signal, no process group and no call that only Linux has. It imports nothing of lake_assets.
"""

from __future__ import annotations

import os
import runpy
import sys
from threading import Thread


def _end_with_parent() -> None:
    while os.read(0, 1024):
        pass
    os._exit(0)


def main() -> None:
    """Run the module named by the first argument, with the remaining ones as its own."""
    Thread(target=_end_with_parent, daemon=True).start()
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
