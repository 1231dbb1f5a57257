import gzip
from typing import ClassVar

from lake_assets.model import Options
from lake_assets_tests.formats.contract import FormatContract


class TestLines(FormatContract):
    kind = "lines"
    clean = b"one\n\nthree\n"
    dirty = b"one\ntwo\nth\0ree\nfour\n"
    truncated = gzip.compress(clean * 1000)[:-20]


class TestWebLog(FormatContract):
    kind = "weblog"
    clean = b"""\
127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] "GET /a.gif HTTP/1.0" 200 2326
10.0.0.7 - - [10/Oct/2000:13:55:37 +0000] "-" 400 0 "-" "-"
host.example - Ann Lee [29/Feb/2024:00:00:00 +0100] "POST /x y HTTP/1.1" 201 - "http://e/" "Agent \\"7\\""
"""
    dirty = clean.replace(b"host.example", b"no log line\nhost.example")
    truncated = gzip.compress(clean * 1000)[:-20]


class TestFixedWidth(FormatContract):
    kind = "fixed_width"
    format_options: ClassVar[Options] = {"columns": {"id": 3, "name": 5}}
    clean = b"  1Anna \n  2\n  3Ben\n"
    dirty = b"  1Anna \n  2Ben\n  3Christopher\n  4Dora\n"
    truncated = gzip.compress(clean * 1000)[:-20]
