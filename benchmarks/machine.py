"""The machine and the tools, in one line; no names of hosts or folders."""

from __future__ import annotations

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.environments import PEERS

__all__ = ["machine_line"]

_OURS = ("polars", "deltalake", "pyarrow", "pandera", "dagster")


def machine_line() -> str:
    """CPU model, cores, memory, Python and the versions of all tools."""
    gib = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    ours = ", ".join(f"{name} {_version(name)}" for name in _OURS)
    peers = ", ".join(sorted({requirement for peer in PEERS.values() for requirement in peer}))
    return (
        f"{_cpu_model()}, {os.cpu_count()} cores, {gib:.0f} GiB, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}; {ours}; peers: {peers}"
    )


def _cpu_model() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return models[0] if models else "unknown CPU"


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
