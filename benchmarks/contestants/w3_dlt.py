"""W3 with dlt's rest_api source, into a Delta table.

Usage: w3_dlt STEP FOLDER, in the folder that the output goes to.
"""

from __future__ import annotations

import importlib
import os
from pathlib import Path

from benchmarks.contestants.step import run_step
from benchmarks.contestants.w3_server import CLIENT, SECRET, url_here


def append(folder: Path) -> None:
    """Pull what is new and append it."""
    _pull(folder, "append")


def merge(folder: Path) -> None:
    """Pull what is new and merge it by key."""
    _pull(folder, "merge")


def _pull(folder: Path, disposition: str) -> None:
    dlt = importlib.import_module("dlt")  # it is installed in the environment of this peer only
    rest_api = importlib.import_module("dlt.sources.rest_api")
    pipeline = dlt.pipeline(
        "w3",
        destination=dlt.destinations.filesystem(bucket_url=folder.absolute().as_uri()),
        dataset_name="trusted",
        pipelines_dir=str(folder.absolute() / "state"),
    )
    source = rest_api.rest_api_source(_configuration(url_here(), disposition))
    pipeline.run(source, table_format="delta").raise_on_failed_jobs()


def _configuration(url: str, disposition: str) -> dict[str, object]:
    auth = {
        "type": "oauth2_client_credentials",
        "access_token_url": f"{url}/token",
        "client_id": CLIENT,
        "client_secret": SECRET,
    }
    endpoint = {
        "path": "readings",
        "params": {"since": {"type": "incremental", "cursor_path": "id", "initial_value": 0}},
        "data_selector": "records",
        "paginator": {"type": "cursor", "cursor_path": "next", "cursor_param": "after"},
    }
    return {
        "client": {"base_url": url, "auth": auth},
        "resources": [
            {
                "name": "readings",
                "primary_key": "id",
                "write_disposition": disposition,
                "endpoint": endpoint,
            }
        ],
    }


if __name__ == "__main__":
    os.environ["RUNTIME__DLTHUB_TELEMETRY"] = "false"
    run_step(append, merge)
