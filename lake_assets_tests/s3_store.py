"""An S3 store in a process of its own, one for all tests of a session: `python -m lake_assets_tests.s3_store`.

Beside the tests it would be counted by coverage, line by line, and hold them up.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

ACCESS = {"aws_access_key_id": "lake", "aws_secret_access_key": "any"}
"""The store lets everybody in."""


@contextmanager
def s3_store() -> Iterator[int]:
    """Start a store; the port where it listens until the block ends."""
    unseen = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    command = [sys.executable, "-m", "lake_assets_tests.s3_store"]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[1],
        env=unseen,
    ) as store:
        try:
            yield int(store.stdout.readline())
        finally:
            store.kill()


def options_of(port: int) -> dict[str, str]:
    """How a lake in the store is reached."""
    return {
        "aws_endpoint_url": f"http://127.0.0.1:{port}",
        "aws_allow_http": "true",
        "aws_region": "us-east-1",
        **ACCESS,
    }


def _serve() -> None:
    from threading import Thread

    from moto.moto_server.werkzeug_app import (
        DomainDispatcherApplication,
        MotoRequestHandler,
        create_backend_app,
    )
    from werkzeug.serving import make_server

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    moto, turn = DomainDispatcherApplication(create_backend_app), Lock()

    def one_at_a_time(environ, start_response):
        # Moto looks whether an object is there, then puts it: of two at once both find none. A real store may not.
        with turn:
            return moto(environ, start_response)

    server = make_server("127.0.0.1", 0, one_at_a_time, threaded=True, request_handler=MotoRequestHandler)
    Thread(target=server.serve_forever, daemon=True).start()
    sys.stdout.write(f"{server.port}\n")
    sys.stdout.flush()
    # The other end of the pipe is closed when the tests end, however they end.
    sys.stdin.read()


if __name__ == "__main__":
    _serve()
