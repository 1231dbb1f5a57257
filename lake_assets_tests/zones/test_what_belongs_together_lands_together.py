"""Files that belong together land all at once or not at all, whatever dies and however many they are."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from lake_assets.errors import ConnectorError
from lake_assets.model import Arrival
from lake_assets.zones import batches
from lake_assets_tests.zones.sources import BIKES, noted, steps

_HERE = Path(__file__).parents[2]
NAMES = "abcd"


class Together:
    """A source of files that belong together; one may fail, or kill this process."""

    def __init__(self, *, fails="", kills="", has_state=True):
        self.fails, self.kills, self.has_state = fails, kills, has_state

    def discover(self, dataset, known):
        follows = known.state
        for name in NAMES:
            if not known.has(name, "1"):
                state = f"after {name}" if self.has_state else ""
                fetch = partial(self.fetch, name, state)
                follow = follows if self.has_state else None
                yield Arrival(name, "1", f"{name}.csv", fetch, follow, has_more=name != NAMES[-1])
                follows = state

    def fetch(self, name, state, into):
        if name == self.fails:
            raise ConnectorError("torn")
        into.write(f"id\n{name}\n".encode())
        if name == self.kills:
            os.kill(os.getpid(), signal.SIGKILL)
        return state


_DIES = f"""
import sys
sys.path.insert(0, {str(_HERE)!r})
from pathlib import Path
from lake_assets_tests.flow.a_lake import ALake
from lake_assets_tests.zones.sources import BIKES, steps
from lake_assets_tests.zones.test_what_belongs_together_lands_together import Together
steps(ALake(Path(sys.argv[1]))).fetch(BIKES, Together(kills=sys.argv[2], has_state=sys.argv[3] == "True"))
"""


def names(a_lake):
    return [name for name, _ in noted(a_lake)]


@pytest.mark.parametrize("has_state", [True, False])
@pytest.mark.parametrize("kills", NAMES)
def test_a_kill_in_between_lands_none_of_them(a_lake, kills, has_state):
    command = [sys.executable, "-c", _DIES, a_lake.folder, kills, str(has_state)]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
    batches.sweep(a_lake.lake.root, BIKES)
    steps(a_lake).land(BIKES)
    assert names(a_lake) == []
    steps(a_lake).fetch(BIKES, Together(has_state=has_state))
    steps(a_lake).land(BIKES)
    assert names(a_lake) == [f"{name}.csv" for name in NAMES]


@pytest.mark.parametrize("fails", NAMES)
def test_where_one_cannot_be_fetched_none_lands(a_lake, fails):
    with pytest.raises(ConnectorError, match="torn"):
        steps(a_lake).fetch(BIKES, Together(fails=fails))
    steps(a_lake).land(BIKES)
    assert names(a_lake) == []


def test_they_are_one_batch_however_many_they_are(a_lake, monkeypatch):
    monkeypatch.setattr(batches, "_FILES_PER_BATCH", 2)
    steps(a_lake).fetch(BIKES, Together())
    (batch,) = batches.finished(a_lake.lake.root, BIKES)
    assert len(batch.files) == len(NAMES)
