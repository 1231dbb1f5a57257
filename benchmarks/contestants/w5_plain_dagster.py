"""The project that W5 compares with: four assets, a sensor of one second, the rest as Dagster ships it."""

import os
from pathlib import Path

import dagster as dg
import polars as pl

_ROOT = Path(os.environ.get("CYCLE_ROOT", "."))


@dg.asset
def landed() -> None:
    """Files of the inbox, moved."""
    (_ROOT / "landed").mkdir(exist_ok=True)
    for file in (_ROOT / "inbox").glob("*.csv"):
        file.rename(_ROOT / "landed" / file.name)


@dg.asset(deps=[landed])
def formatted() -> None:
    """All landed files as one table."""
    pl.scan_csv(_ROOT / "landed" / "*.csv").sink_delta(_ROOT / "formatted/readings", mode="overwrite")


@dg.asset(deps=[formatted])
def trusted() -> None:
    """One row per key."""
    rows = pl.scan_delta(_ROOT / "formatted/readings").unique("reading_id")
    rows.sink_delta(_ROOT / "trusted/readings", mode="overwrite")


@dg.asset(deps=[trusted])
def exploitation() -> None:
    """The readings that analysts see."""
    rows = pl.scan_delta(_ROOT / "trusted/readings").filter(pl.col("amount") >= 0)
    rows.sink_delta(_ROOT / "exploitation/readings", mode="overwrite")


_chain = dg.define_asset_job("chain", selection="*")


@dg.sensor(job=_chain, minimum_interval_seconds=1, default_status=dg.DefaultSensorStatus.RUNNING)
def inbox() -> dg.SensorResult:
    """One run for each file."""
    names = sorted(file.name for file in (_ROOT / "inbox").glob("*.csv"))
    return dg.SensorResult(run_requests=[dg.RunRequest(run_key=name) for name in names])


defs = dg.Definitions(assets=[landed, formatted, trusted, exploitation], jobs=[_chain], sensors=[inbox])
