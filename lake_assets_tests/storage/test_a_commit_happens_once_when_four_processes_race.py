import subprocess
from collections import Counter
from contextlib import ExitStack

import pytest

from lake_assets.storage.table import open_table
from lake_assets_tests.storage.lakes import FLIGHTS, data_names, start, told

ROUNDS = 15
RACERS = 4


@pytest.mark.timeout(300)
def test_none_is_lost_and_none_doubled(root):
    won = Counter()
    with ExitStack() as stack:
        racers = [_racer(stack, root, number) for number in range(RACERS)]
        for racer in racers:
            assert racer.stdout.readline() == "ready\n"
        for racer in racers:
            racer.stdin.write("go\n")
            racer.stdin.flush()
        for racer in racers:
            answers = [line.split() for line in racer.stdout]
            assert len(answers) == ROUNDS
            won.update(int(batch) for batch, is_mine in answers if is_mine == "1")
            assert racer.wait() == 0
    table = open_table(root, FLIGHTS)
    rows = table.scan().collect()
    assert won == Counter(range(ROUNDS))
    assert Counter(rows["batch"].to_list()) == Counter(dict.fromkeys(range(ROUNDS), 10))
    assert table.version == ROUNDS - 1
    assert data_names(root) == sorted(table.files["path"].to_list()), "the losers' files are deleted"


def _racer(stack, root, number):
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    return stack.enter_context(start("racer", told(root), number, ROUNDS, **pipes))
