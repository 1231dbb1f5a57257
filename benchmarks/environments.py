"""Throw-away environments, one per peer, so that the product depends on none of them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

__all__ = ["PEERS", "cache", "product_python", "python_of", "script"]

PEERS: dict[str, tuple[str, ...]] = {
    "dataframely": ("dataframely==3.1.2", "polars==2.1.0", "deltalake==1.6.6"),
    "dlt": ("dlt[deltalake,filesystem,parquet]==1.31.0", "duckdb==2.0.0"),
    "duckdb": ("duckdb==2.0.0",),
    "floe": ("floe-python==0.7.0",),
    "pandera": ("pandera[polars]==0.35.0", "polars==2.1.0", "deltalake==1.6.6"),
    "pointblank": ("pointblank==1.1.1", "polars==2.1.0", "deltalake==1.6.6"),
    "polars": ("polars==2.1.0", "deltalake==1.6.6"),
    "requests": ("requests==2.34.2", "polars==2.1.0", "deltalake==1.6.6"),
    "tpch": ("tpchgen-cli==4.0.0",),
}
"""What each environment holds, pinned."""


def cache() -> Path:
    """Where data and environments are kept: `LAKE_BENCH_CACHE`, or a folder in the user's cache."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    folder = Path(os.environ.get("LAKE_BENCH_CACHE") or Path(base, "lake_assets_bench")).absolute()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def product_python() -> str:
    """The interpreter that the product is installed in: the one that runs the benchmark."""
    return sys.executable


def python_of(peer: str) -> str:
    """The interpreter of a peer's environment, which is made when it is missing or differs from `PEERS`.

    Raises:
        subprocess.CalledProcessError: When a package cannot be installed.
    """
    folder = cache() / "environments" / peer
    python, stamp = folder / "bin" / "python", folder / "installed.txt"
    wanted = "\n".join((sys.version, *PEERS[peer]))
    if not stamp.exists() or stamp.read_text() != wanted:
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PEERS[peer]], check=True)
        stamp.write_text(wanted)
    return str(python)


def script(peer: str, module: str, *arguments: str | Path) -> tuple[str, ...]:
    """The command that runs `benchmarks.contestants.<module>` in the environment of a peer."""
    python = product_python() if peer == "product" else python_of(peer)
    return (python, "-m", f"benchmarks.contestants.{module}", *map(str, arguments))
