"""Who changed a declaration and when, by the history of the repository that it is kept in."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lake_assets.model import Place, Rule

__all__ = ["DeclarationChange", "changes_of", "lines_of_rule"]

_FORMAT = "%H%x1f%aI%x1f%an%x1f%s"
_MOST = 5
_NEAR = 6


@dataclass(frozen=True)
class DeclarationChange:
    """A commit that changed a declaration.

    Args:
        git_sha: The commit.
        at: When it was written, ISO 8601.
        who: The name of the author.
        why: The first line of its message.
    """

    git_sha: str
    at: str
    who: str
    why: str


def changes_of(place: Place, lines: tuple[int, int] | None = None) -> tuple[DeclarationChange, ...]:
    """The newest commits that changed a declaration, newest first; none outside of a repository.

    Args:
        place: Where it is declared.
        lines: The first and the last line of it; the whole file when they are not known, or not committed yet.
    """
    path = Path(place.file)
    if not place.file or not path.is_file():
        return ()
    told = _log(path, ["-s", f"-L{lines[0]},{lines[1]}:{path.name}"]) if lines else None
    if told is None:
        told = _log(path, ["--", path.name]) or ""
    return tuple(_change(line) for line in told.splitlines() if line)


def _change(line: str) -> DeclarationChange:
    git_sha, at, who, why = line.split("\x1f")
    return DeclarationChange(git_sha, at, who, why)


def _log(path: Path, words: Sequence[str]) -> str | None:
    command = ["git", "-C", str(path.parent), "log", f"-n{_MOST}", f"--format={_FORMAT}", *words]
    try:
        asked = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - the arguments are ours
    except FileNotFoundError:
        return None
    return asked.stdout if asked.returncode == 0 else None


def lines_of_rule(rule: Rule, place: Place) -> tuple[int, int] | None:
    """The first and the last line of a rule, by its words: its name, else its kind and its columns.

    Args:
        rule: The rule.
        place: Where its dataset or table is declared.

    Returns:
        The lines, from 1; None when no line is certain.
    """
    path = Path(place.file)
    if not place.file or not path.is_file():
        return None
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    begin = 0 if path.suffix != ".yaml" else max(place.line - 1, 0)
    for number in range(begin, len(lines)):
        until = _end(lines, number)
        if _names(rule, " ".join(lines[number:until])) and _starts(rule, lines[number]):
            return number + 1, until
    return None


def _starts(rule: Rule, line: str) -> bool:
    return any(re.search(rf"\b{re.escape(word)}\b", line) for word in (rule.rule_id, rule.kind))


def _names(rule: Rule, text: str) -> bool:
    """Whether a text holds the name of a rule, or its kind with its columns."""
    if re.search(rf"\b{re.escape(rule.rule_id)}\b", text):
        return True
    return all(re.search(rf"\b{re.escape(word)}\b", text) for word in (rule.kind, *rule.columns))


def _end(lines: Sequence[str], start: int) -> int:
    """Up to where an entry of a list goes on: to the next line that is not indented further than its dash."""
    indent = len(lines[start]) - len(lines[start].lstrip())
    for number in range(start + 1, min(start + _NEAR, len(lines))):
        if lines[number].strip() and len(lines[number]) - len(lines[number].lstrip()) <= indent:
            return number
    return min(start + _NEAR, len(lines)) if lines[start].lstrip().startswith("-") else start + 1
