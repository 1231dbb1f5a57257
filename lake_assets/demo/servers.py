"""The demo's servers: code that nobody here wrote, on ports of 127.0.0.1 that the system chose.

Airports and airlines come from Python's own web server, the weather from Datasette's JSON interface, the
planes from moto's S3. All three end with the process that started them, however it ends.
"""

from __future__ import annotations

import os
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lake_assets.demo._bucket import BUCKET, KEY_ID, SECRET, fill_bucket
from lake_assets.demo._packages import require
from lake_assets.demo._server import Program, running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lake_assets.demo.prepare import DemoFiles

_WAIT_S = 90.0
_PAGE_ROWS = 1000
_S3 = Program("s3", ("moto.server", "-H", "127.0.0.1", "-p", "0"), "/moto-api/")
_NO_PROXY = ("127.0.0.1", "localhost")


@dataclass(frozen=True, slots=True)
class DemoServers:
    """The demo's servers, while they run.

    Args:
        environment: The variables by which the demo lake's YAML finds the files and the servers.
    """

    environment: dict[str, str]


@contextmanager
def serve(files: DemoFiles) -> Iterator[DemoServers]:
    """Run the demo's servers for the length of a block.

    Args:
        files: What `prepare` laid out.

    Yields:
        The running servers; each has answered once, and the bucket is filled.

    Raises:
        DemoError: when a package of the demo is missing, or a server does not come up.
    """
    for package in ("datasette", "moto"):
        require(package)
    with ExitStack() as stack:
        programs = (_files_program(files), _weather_program(files), _S3)
        servers = [stack.enter_context(running(program, files.logs)) for program in programs]
        files_url, weather_url, endpoint = (server.url(_WAIT_S) for server in servers)
        fill_bucket(endpoint, files.s3)
        yield DemoServers(_environment(files, files_url, weather_url, endpoint))


def _files_program(files: DemoFiles) -> Program:
    listen = ("http.server", "--bind", "127.0.0.1", "0")
    return Program("files", (*listen, "--directory", str(files.http)), "/airlines.csv")


def _weather_program(files: DemoFiles) -> Program:
    listen = ("datasette", "serve", "--host", "127.0.0.1", "--port", "0")
    pages = ("--setting", "max_returned_rows", str(_PAGE_ROWS), "--setting", "suggest_facets", "off")
    return Program("weather", (*listen, *pages, "-i", str(files.weather)), "/weather.json")


def _environment(files: DemoFiles, files_url: str, weather_url: str, endpoint: str) -> dict[str, str]:
    return {
        "LAKE_DEMO_HOME": str(files.home),
        "LAKE_DEMO_FILES_URL": files_url,
        "LAKE_DEMO_WEATHER_URL": weather_url,
        "LAKE_DEMO_S3_ENDPOINT": endpoint,
        "LAKE_DEMO_S3_BUCKET": BUCKET,
        "LAKE_DEMO_S3_KEY_ID": KEY_ID,
        "LAKE_DEMO_S3_SECRET": SECRET,
    } | {name: _reached_directly(name) for name in ("no_proxy", "NO_PROXY")}


def _reached_directly(name: str) -> str:
    hosts = [host.strip() for host in os.environ.get(name, "").split(",") if host.strip()]
    return ",".join(dict.fromkeys([*hosts, *_NO_PROXY]))
