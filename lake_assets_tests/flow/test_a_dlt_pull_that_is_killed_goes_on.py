"""`lake ingest` of a dlt source killed at any moment: no record is lost and none is doubled, appended as they are."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import polars as pl
import pytest

from lake_assets_tests.connectors.dlt_plant import Plant

pytestmark = [pytest.mark.heavy, pytest.mark.timeout(900)]

LAKE = Path(sys.executable).with_name("lake")
SOURCE = """\
type: lake_assets.Source
attributes:
  connector: {kind: dlt, source: "plant:plant", folder: plant}
  datasets:
    days: {from: days, write: append}
    latest: {from: latest, write: append}
"""
RECORDS, KILLS = 200, 6


def ingest(folder):
    environment = {
        **os.environ,
        "LAKE_ROOT": f"{folder}/lake",
        "LAKE_DEFS": f"{folder}/defs",
        "LAKE_PROJECT": str(folder),
    }
    return subprocess.Popen(
        [LAKE, "ingest"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )


def finish(folder):
    process = ingest(folder)
    said, _ = process.communicate(timeout=120)
    assert process.returncode == 0, said.decode()


def test_every_day_is_there_once(tmp_path):
    plant = Plant(tmp_path / "plant")
    (tmp_path / "defs" / "plant").mkdir(parents=True)
    (tmp_path / "defs" / "plant" / "defs.yaml").write_text(SOURCE)
    began = time.perf_counter()
    day(plant, 0)
    finish(tmp_path)
    takes_s = time.perf_counter() - began
    for number in range(1, KILLS):
        day(plant, number)
        process = ingest(tmp_path)
        time.sleep(takes_s * (0.35 + 0.65 * number / KILLS))
        process.send_signal(signal.SIGKILL)
        process.communicate()
    finish(tmp_path)
    # A day says the same as every other: what tells them apart is that they were pulled one after the other.
    days = pl.read_delta(f"{tmp_path}/lake/trusted/days")
    assert days.height == KILLS * RECORDS
    assert sorted(pl.read_delta(f"{tmp_path}/lake/trusted/latest")["at"].to_list()) == list(range(KILLS))


def day(plant, number):
    rows = [{"n": each} for each in range(RECORDS)]
    (plant.folder / f"day-{number:02d}").write_text(json.dumps(rows))
    plant.put(*({"at": each} for each in range(number + 1)))
