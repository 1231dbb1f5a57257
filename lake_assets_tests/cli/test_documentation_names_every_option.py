"""docs/cli.md names every command and every option, and none that is not there."""

import re
from pathlib import Path

import pytest

from lake_assets.cli import main

_PAGE = Path(__file__).parents[2] / "docs" / "cli.md"
_SHARED = {"--root", "--defs", "--help", "-h"}


def _sections():
    opening, *sections = re.split(r"^## ", _PAGE.read_text(), flags=re.MULTILINE)
    return {section.splitlines()[0]: section for section in [f"# {opening}", *sections]}


def _options(command):
    return {name for parameter in command.params for name in parameter.opts if name.startswith("-")}


def _listed(section):
    lines = [line for line in section.splitlines() if line.startswith("- `")]
    return {name for line in lines for name in re.findall(r"`(-[-a-z]*)", line.split(":")[0])}


def test_every_command_has_its_section():
    titles = [title for title in _sections() if title.startswith("lake ")]
    assert titles == [f"lake {name}" for name in main.commands]


@pytest.mark.parametrize("name", main.commands)
def test_every_option_is_listed_in_the_section_of_its_command(name):
    assert _listed(_sections()[f"lake {name}"]) | _SHARED == _options(main.commands[name]) | _SHARED


def test_the_options_that_all_commands_share_are_listed_at_the_top():
    assert _listed(next(iter(_sections().values()))) == _SHARED
    assert all({"--root", "--defs"} <= _options(command) for command in main.commands.values())


@pytest.mark.parametrize("name", main.commands)
def test_the_help_of_json_tells_its_shape(name):
    command = main.commands[name]
    assert "--json" not in _options(command) or "shape of --json" in command.epilog


@pytest.mark.parametrize(
    "line", [line for line in _PAGE.read_text().splitlines() if line.startswith("lake ")]
)
def test_examples_are_commands_that_exist(line):
    assert line.split()[1] in main.commands
