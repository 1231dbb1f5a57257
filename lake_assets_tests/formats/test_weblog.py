from __future__ import annotations

from datetime import UTC, datetime

import pytest

from lake_assets.errors import DeclarationError

COMBINED = (
    'www.example:443 203.0.113.9 - alice [10/Oct/2023:13:55:36 +0200] "GET /a?b=1 HTTP/1.1" 200 5124 '
    '"https://e.example/" "Mozilla/5.0 (X11)" 0.003'
)


def test_the_parts_of_a_line_are_typed(read):
    [row] = read(f"{COMBINED}\n".encode(), "weblog").frame.to_dicts()
    assert row == {
        "virtual_host": "www.example:443",
        "host": "203.0.113.9",
        "identity": None,
        "user": "alice",
        "time": datetime(2023, 10, 10, 11, 55, 36, tzinfo=UTC),
        "request": "GET /a?b=1 HTTP/1.1",
        "status": 200,
        "bytes": 5124,
        "referer": "https://e.example/",
        "agent": "Mozilla/5.0 (X11)",
        "rest": "0.003",
        "method": "GET",
        "path": "/a?b=1",
        "protocol": "HTTP/1.1",
        "_row": 1,
    }


def test_a_request_that_is_none_is_kept_as_it_is(read):
    line = r'::1 - - [01/Jan/2024:00:00:00 +0000] "\x16\x03 \"x" 400 150 "-" "-"'
    [row] = read(line.encode(), "weblog").frame.to_dicts()
    assert row["request"] == r"\x16\x03 \"x"
    assert (row["method"], row["path"], row["agent"]) == (None, None, None)


def test_a_line_that_is_no_request_is_set_aside(read):
    stored = f"{COMBINED}\n\nlogrotate: done\n{COMBINED.replace('Oct', 'Okt')}\n{COMBINED}\n"
    outcome = read(stored.encode(), "weblog")
    assert outcome.numbers == [1, 5]
    assert [bad.row for bad in outcome.decoded.bad_records] == [3, 4]
    assert outcome.decoded.bad_records[0].raw == "logrotate: done"
    assert "time" in outcome.decoded.bad_records[1].reason
    assert outcome.is_whole


def test_a_layout_of_its_own_is_a_pattern(read):
    outcome = read(b"7 ok\nx\n", "weblog", pattern=r"^(?P<took>\d+) (?P<state>\w+)$")
    assert outcome.frame.columns == ["took", "state", "_row"]
    assert outcome.rows == [("7", "ok")]
    assert outcome.bad_numbers == [2]


@pytest.mark.parametrize("pattern", ["(", "(a)", "a", "(?P<_row>a)"])
def test_a_pattern_names_its_parts(read, pattern):
    with pytest.raises(DeclarationError, match="pattern"):
        read(b"a", "weblog", pattern=pattern)


def test_many_lines_come_in_order(read):
    outcome = read(f"{COMBINED}\n".encode() * 20_000, "weblog")
    assert outcome.numbers == list(range(1, 20_001))
    assert outcome.is_whole
