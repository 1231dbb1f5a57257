"""SIGTERM and a closed terminal end `lake up` as Ctrl-C does; what the caller ignores stays ignored."""

import signal

import pytest

from lake_assets.cli.up import _signals_as_ctrl_c


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_it_is_interrupted(end):
    before = signal.getsignal(end)
    with pytest.raises(KeyboardInterrupt), _signals_as_ctrl_c():
        signal.raise_signal(end)
    assert signal.getsignal(end) is before


def test_a_closed_terminal_that_is_ignored_stays_so():
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with _signals_as_ctrl_c():
            assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)
