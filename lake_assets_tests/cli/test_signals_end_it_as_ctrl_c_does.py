"""SIGTERM and a closed terminal end `lake up` as Ctrl-C does; what the caller ignores stays ignored."""

import signal

import pytest

from lake_assets.cli.up import _signals_as_ctrl_c

AS_A_PERSON_STARTS_IT = {
    signal.SIGTERM: signal.SIG_DFL,
    signal.SIGHUP: signal.SIG_DFL,
    signal.SIGINT: signal.default_int_handler,
}


@pytest.fixture(autouse=True)
def _as_a_person_starts_it():
    """Tests that run in the background, or under nohup, ignore some of the signals."""
    before = {end: signal.signal(end, handler) for end, handler in AS_A_PERSON_STARTS_IT.items()}
    yield
    for end, handler in before.items():
        signal.signal(end, handler)


@pytest.mark.parametrize("end", AS_A_PERSON_STARTS_IT)
def test_it_is_interrupted(end):
    before = signal.getsignal(end)
    with pytest.raises(KeyboardInterrupt), _signals_as_ctrl_c():
        signal.raise_signal(end)
    assert signal.getsignal(end) is before


def test_a_closed_terminal_that_is_ignored_stays_so():
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    with _signals_as_ctrl_c():
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
