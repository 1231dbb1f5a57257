"""W2: an inbox, filled or empty, and the declaration of its source for the product.

Usage: w2_project [FOLDER], in the folder that becomes the lake; FOLDER holds a folder for each kind of file.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import yaml

_COLUMNS = {
    "id": "int",
    "station": "text",
    "at": "datetime",
    "amount": "float",
    "note": "text",
}
_RULES = [{"not_null": ["id", "amount"]}, {"in_range": {"amount": [0, 500]}}]


def main(filled_from: str) -> None:
    """Write the declaration and fill the inbox."""
    for kind in ("csv", "json"):
        inbox = Path("inbox", kind)
        if filled_from:
            shutil.copytree(Path(filled_from, kind), inbox)
        inbox.mkdir(parents=True, exist_ok=True)
    datasets = {f"readings_{kind}": _dataset(kind) for kind in ("csv", "json")}
    attributes = {"connector": {"kind": "filesystem"}, "datasets": datasets}
    folder = Path("defs", "plant")
    folder.mkdir(parents=True)
    declared = {"type": "lake_assets.Source", "attributes": attributes}
    (folder / "defs.yaml").write_text(yaml.safe_dump(declared, sort_keys=False))


def _dataset(kind: str) -> dict[str, object]:
    return {
        "from": f"inbox/{kind}/*.{kind}",
        "format": kind,
        "key": ["id"],
        "columns": _COLUMNS,
        "rules": _RULES,
    }


if __name__ == "__main__":
    main(sys.argv[1])
