"""A process that is killed as soon as its commit stands, before it has been synced or acknowledged."""

import os
import signal
import sys

from lake_assets.storage import commit as protocol
from lake_assets_tests.storage.lakes import add_once, as_told, frame

if __name__ == "__main__":
    protocol.open_table = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
    batch = int(sys.argv[2])
    add_once(as_told(sys.argv[1]), frame(n=[batch]), batch)
