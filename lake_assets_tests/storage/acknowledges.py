"""A process that commits two batches and makes a folder as its word that each is done."""

import sys
from pathlib import Path

from lake_assets_tests.storage.lakes import add_once, as_told, frame

if __name__ == "__main__":
    lake, columns, done = as_told(sys.argv[1]), sys.argv[2], sys.argv[3]
    add_once(lake, frame(n=[0]), 0)
    Path(f"{done}-0").mkdir()
    add_once(lake, frame(n=[1], **({"price": [1.5]} if columns == "new" else {})), 1)
    Path(f"{done}-1").mkdir()
