"""W6 with the product: loads the definitions of the project in the current folder, as every Dagster process does.

Usage: w6_load load|snapshot.
"""

from __future__ import annotations

import sys
from importlib import import_module

from benchmarks.contestants.stopwatch import stopwatch


def main(work: str) -> None:
    """Load them, and with `snapshot` make what the web server is given too."""
    import_module("lake_assets.orchestration.definitions_of")
    with stopwatch():
        definitions = import_module("many.definitions").defs()
        repository = definitions.get_repository_def()
        if work == "snapshot":
            _snapshot(repository)


def _snapshot(repository: object) -> None:
    remote = import_module("dagster._core.remote_representation.external_data")
    remote.RepositorySnap.from_def(repository)


if __name__ == "__main__":
    main(sys.argv[1])
