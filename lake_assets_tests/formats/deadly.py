"""A reader that does what hostile bytes make native readers do. It is imported by the child."""

from __future__ import annotations

import os
import resource
import signal

import pyarrow as pa

from lake_assets.formats.apart import limits
from lake_assets.formats.apart.contents import Contents

SCHEMA = pa.schema([("id", pa.int64())])


def open_file(stream, options):
    if options["when"] == "open":
        DEATHS[options["how"]]()
    return Contents(SCHEMA, _blocks(options), 1, {})


def _blocks(options):
    free, limits._FREE_BYTES = limits._FREE_BYTES, options.get("free", limits._FREE_BYTES)
    try:
        for _ in range(options.get("blocks", 1)):
            yield pa.record_batch([pa.array([0] * options.get("rows", 1))], schema=SCHEMA)
    finally:
        limits._FREE_BYTES = free
    DEATHS[options["how"]]()


def _kill():
    os.kill(os.getpid(), signal.SIGSEGV)


def _loop():
    resource.setrlimit(resource.RLIMIT_CPU, (1, resource.RLIM_INFINITY))
    while True:
        pass


def _grow():
    pa.allocate_buffer(1 << 45)


def _bloat():
    _ = [bytearray(1 << 30) for _ in range(64)]


def _panic():
    raise KeyboardInterrupt


DEATHS = {
    "abort": os.abort,
    "kill": _kill,
    "loop": _loop,
    "grow": _grow,
    "bloat": _bloat,
    "panic": _panic,
    "nothing": lambda: None,
}
