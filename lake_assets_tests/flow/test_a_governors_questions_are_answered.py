"""The questions of docs/questions.md, each by the command that stands there, on the demo lake."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.heavy, pytest.mark.timeout(900)]

PAGE = Path(__file__).parents[2] / "docs" / "questions.md"
ANSWERS = {
    1: [
        r"record 1 of flights-2013-01\.csv",
        r"it reads: 2013,1,1,517,515,2,830,819,11,UA,1545,N14228,EWR,IAH",
    ],
    2: [r"rule wind_speed_in_range.* at least 0 and at most 250", r"1048\.36058", r"team:operations"],
    3: [r"wind_speed_in_range", r"wind_speed"],
    4: [
        r"delay_by_carrier_day\s+mean_departure_delay",
        r"without it exploitation\.flight_facts cannot be made",
    ],
    5: [r"trusted\s+planes\s+manufacturer\s+declared\s+team:fleet\s+3,322"],
    6: [r"team:operations\s+table\s+trusted\.flights"],
    7: [r"trusted\.flights", r"exploitation\.flight_facts"],
    8: [r"flights\s+landed\s+6\b", r"weather\s+landed\s+27\b"],
    9: [r"weather\s+trusted\s+wind_speed_in_range\s+1\b"],
    10: [r"columns added: year, month, day, dep_time"],
    11: [r"trusted\.flights 0, trusted\.planes 0, trusted\.weather 0"],
    12: [r"exploitation\.flight_facts"],
    13: [r"3,322 to 3,322 rows, 0 added, 0 removed, 0 changed"],
    14: [r"trusted\.flights \(tailnum\)\s+trusted\.planes \(tailnum\)\s+\d"],
    15: [r"1 record of this person, nothing changed yet", r"formatted\.planes\s+rows deleted\s+1\b"],
}


def commands() -> dict[int, list[str]]:
    """The command of each question, by its number."""
    sections = re.findall(
        r"^## (\d+)\. .*?^```console\n(.*?)\n```", PAGE.read_text(), re.MULTILINE | re.DOTALL
    )
    return {int(number): shlex.split(command) for number, command in sections}


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    """Fill the demo lake once; gives commands there."""
    folder = tmp_path_factory.mktemp("questions")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LAKE_", "DAGSTER_"))}
    environment = {**kept, "COLUMNS": "250"}

    def give(*words):
        command = [sys.executable, "-m", "lake_assets.cli", *words]
        answer = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        assert answer.returncode == 0, answer.stdout + answer.stderr
        return answer.stdout

    give("up", "--no-ui")
    return give


def test_all_fifteen_stand_on_the_page():
    assert list(commands()) == list(range(1, 16))


@pytest.mark.parametrize("number", ANSWERS)
def test_the_answer_is_right(ask, number):
    name, *words = commands()[number]
    assert name == "lake"
    said = ask(*words)
    for wanted in ANSWERS[number]:
        assert re.search(wanted, said), said
