"""The past of a table without a person: dead files deleted, the log blotted, checkpoints made anew.

The log keeps every entry, so versions, what was consumed and what followers have yet to read stay as they are. What is
lost is the past itself: a version before the erasure cannot be read any more.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import Any, cast

from lake_assets.erasure.words import Words
from lake_assets.model import TableRef
from lake_assets.storage.log import log_path
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import Table, find_table

__all__ = ["clear_past"]

_HINT = "_last_checkpoint"
_BOUNDS = ("minValues", "maxValues")


def clear_past(root: LakeRoot, ref: TableRef, words: Words) -> int:
    """Clear the past of a table; nothing of its present changes.

    Args:
        root: The lake, in which no run is going on.
        ref: The table.
        words: What is blotted out of the log.

    Returns:
        How many files were deleted or written anew.
    """
    table = find_table(root, ref)
    if table is None:
        return 0
    alive = set(table.files["path"].to_list()) if table.files.height else set()
    dead = list(_dead_files(table, alive))
    root.files.delete(dead)
    changed = [path for path in _entries(table) if _is_blotted(root, path, words, alive)]
    root.files.make_durable(changed)
    return len(dead) + len(changed) + _renew_checkpoint(table)


def _dead_files(table: Table, alive: Collection[str]) -> Iterator[str]:
    """Data files that the newest version does not hold, and what was set aside as torn."""
    log, base = log_path(table.ref), table.ref.path
    for entry in table.root.files.list(base):
        is_torn = entry.path.startswith(f"{log}/") and (".torn" in entry.path or "#" in entry.path)
        is_data = not entry.path.startswith(f"{log}/") and entry.path.endswith(".parquet")
        if is_torn or (is_data and entry.path.removeprefix(f"{base}/") not in alive):
            yield entry.path


def _entries(table: Table) -> list[str]:
    found = (entry.path for entry in table.root.files.list(log_path(table.ref)))
    return sorted(path for path in found if path.endswith(".json"))


def _is_blotted(root: LakeRoot, path: str, words: Words, alive: Collection[str]) -> bool:
    """Whether a log entry had to be written anew."""
    with root.files.open(path) as stream:
        lines = stream.read().splitlines()
    blotted = [_blotted(line, words, alive) for line in lines]
    if blotted == lines:
        return False
    with root.files.create(path) as stream:
        stream.write(b"\n".join(blotted) + b"\n")
    return True


def _blotted(line: bytes, words: Words, alive: Collection[str]) -> bytes:
    if not line.strip():
        return line
    action = json.loads(line)
    clean = _without_bounds(_masked(action, words), alive)
    return line if clean == action else json.dumps(clean, ensure_ascii=False, separators=(",", ":")).encode()


def _masked(value: object, words: Words) -> object:
    """A JSON value with the words overwritten, also in JSON that is a text in it."""
    if isinstance(value, dict):
        return {words.masked(name): _masked(each, words) for name, each in value.items()}
    if isinstance(value, list):
        return [_masked(each, words) for each in value]
    if not isinstance(value, str):
        return value
    inner = _parsed(value)
    if inner is None:
        return words.masked(value)
    clean = _masked(inner, words)
    return value if clean == inner else json.dumps(clean, ensure_ascii=False)


def _parsed(text: str) -> dict[str, Any] | list[Any] | None:
    if not text.startswith(("{", "[")):
        return None
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return found if isinstance(found, dict | list) else None


def _without_bounds(action: object, alive: Collection[str]) -> object:
    """What is said of files that are dead, without their least and greatest values: those may be of the person."""
    if isinstance(action, list):
        return [_without_bounds(each, alive) for each in action]
    if not isinstance(action, dict):
        return action
    kept = {name: _without_bounds(each, alive) for name, each in action.items()}
    if "path" in kept and kept["path"] not in alive:
        for name in ("stats", "statistics"):
            if isinstance(kept.get(name), str):
                kept[name] = _counts(kept[name])
    note = kept.get("lake")
    if isinstance(note, str) and (inner := _parsed(note)) is not None:
        clean = _without_bounds(inner, alive)
        kept["lake"] = note if clean == inner else json.dumps(clean, ensure_ascii=False)
    return kept


def _counts(statistics: object) -> str:
    said = cast("dict[str, Any]", json.loads(str(statistics)))
    if not any(said.get(name) for name in _BOUNDS):
        return str(statistics)
    return json.dumps({name: {} if name in _BOUNDS else value for name, value in said.items()})


def _renew_checkpoint(table: Table) -> int:
    """Delete the checkpoints, which hold what the log said, and make one of the log as it is now."""
    log = log_path(table.ref)
    old = [
        entry.path
        for entry in table.root.files.list(log)
        if entry.path.endswith(f"/{_HINT}") or ".checkpoint" in entry.path
    ]
    if not old:
        return 0
    hint = f"{log}/{_HINT}"
    table.root.files.delete([hint])
    table.root.files.delete([path for path in old if path != hint])
    now = find_table(table.root, table.ref)
    if now is not None:
        now.delta.create_checkpoint()
    return len(old)
