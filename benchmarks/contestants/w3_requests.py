"""W3 by hand: requests, each page kept as it came, Polars to a Delta table.

Usage: w3_requests pull FOLDER, in the folder that the output goes to.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl
import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from benchmarks.contestants.step import run_step
from benchmarks.contestants.w3_server import CLIENT, SECRET, url_here

_FRAMES_PER_COMMIT = 100
_SCHEMA = {
    "id": pl.Int64(),
    "at": pl.String(),
    "station": pl.String(),
    "kind": pl.String(),
    "amount": pl.Float64(),
    "is_valid": pl.Boolean(),
    "note": pl.String(),
}


@dataclass
class _Api:
    url: str
    session: requests.Session = field(default_factory=requests.Session)
    token: str = ""
    good_until: float = 0

    def page(self, query: dict[str, str]) -> bytes:
        """A page; one that is cut is asked for again."""
        while True:
            headers = {"Authorization": f"Bearer {self._token()}"}
            try:
                answer = self.session.get(f"{self.url}/readings", params=query, headers=headers, timeout=60)
            except requests.exceptions.ChunkedEncodingError:
                continue
            answer.raise_for_status()
            return answer.content

    def _token(self) -> str:
        if time.monotonic() > self.good_until:
            form = {"grant_type": "client_credentials", "client_id": CLIENT, "client_secret": SECRET}
            said = self.session.post(f"{self.url}/token", data=form, timeout=60).json()
            self.token, self.good_until = said["access_token"], time.monotonic() + said["expires_in"] - 1
        return self.token


def pull(folder: Path) -> None:
    """Go on after the last page that is kept; then take what is not in the table yet into it."""
    raw = folder / "raw"
    raw.mkdir(exist_ok=True)
    api = _Api(url_here())
    api.session.mount(
        "http://", HTTPAdapter(max_retries=Retry(10, status_forcelist=[429, 503], backoff_factor=0.5))
    )
    _fetch(api, raw)
    _load(raw, folder)


def _fetch(api: _Api, raw: Path) -> None:
    kept = sorted(raw.glob("*.json"))
    last = json.loads(kept[-1].read_bytes()) if kept else {"records": [], "next": None}
    query = {"after": last["next"]} if last["next"] else {"since": _cursor(last["records"])}
    number = len(kept)
    while query:
        body = api.page(query)
        document = json.loads(body)
        if not document["records"]:
            break
        part = raw / f"{number:06d}.part"
        part.write_bytes(body)
        part.replace(raw / f"{number:06d}.json")
        number += 1
        query = {"after": document["next"]} if document["next"] else {}


def _cursor(records: list[dict[str, int]]) -> str:
    return str(max((record["id"] for record in records), default=0))


def _load(raw: Path, folder: Path) -> None:
    table = folder / "trusted" / "readings"
    loaded = folder / "loaded"
    done = int(loaded.read_text()) if loaded.exists() else 0
    pages = sorted(raw.glob("*.json"))[done:]
    for start in range(0, len(pages), _FRAMES_PER_COMMIT):
        frame = pl.concat(_frames(pages[start : start + _FRAMES_PER_COMMIT]))
        frame.with_columns(pl.col("at").str.to_datetime(time_zone="UTC")).write_delta(table, mode="append")
    loaded.write_text(str(done + len(pages)))


def _frames(pages: list[Path]) -> Iterator[pl.DataFrame]:
    for page in pages:
        yield pl.DataFrame(json.loads(page.read_bytes())["records"], schema=_SCHEMA)


if __name__ == "__main__":
    run_step(pull)
