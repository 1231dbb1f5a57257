"""The file that is searched: SQLite with a full-text index; it can be deleted, and is made again by the next search."""

from __future__ import annotations

import hashlib
import os
import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from lake_assets.errors import StorageError
from lake_assets.search.entry import Entry, Kept, Subject

__all__ = ["FIELDS", "digest_in", "index_path", "kept_in", "open_index", "write_index"]

FIELDS = ("name", "terms", "place", "description", "tags", "owner", "samples")
"""What is searched of an entry, in the order of the columns of the full-text index."""

_LAYOUT = 1
_NAME = "search.sqlite"
_WAIT_S = 10.0
_SHORTEST = 3

_TABLES = f"""
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT);
CREATE TABLE subjects (
    name TEXT PRIMARY KEY, stamp INTEGER, declared TEXT, first INTEGER, last INTEGER
) WITHOUT ROWID;
CREATE TABLE entries (
    id INTEGER PRIMARY KEY, kind TEXT, ref TEXT, description TEXT, terms TEXT, owner TEXT, is_personal INTEGER
);
CREATE TABLE words (word TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE VIRTUAL TABLE found USING fts5(
    {", ".join(FIELDS)}, prefix='2 3',
    tokenize="porter unicode61 remove_diacritics 2"
);
"""


def index_path(root: str, *, is_local: bool) -> Path:
    """Where the index of a lake is: in the lake, or in the cache of this machine where the lake is elsewhere.

    Args:
        root: The folder or URI of the lake.
        is_local: Whether it is a folder of this machine.
    """
    if is_local and os.access(root, os.W_OK):
        return Path(root) / "governance" / _NAME
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return cache / "lake_assets" / f"{hashlib.sha256(root.encode()).hexdigest()[:16]}-{_NAME}"


def open_index(path: Path) -> sqlite3.Connection:
    """Open an index that is there."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=_WAIT_S)


def digest_in(path: Path) -> str:
    """The state of the lake and its declarations that an index was made of; empty where there is none."""
    try:
        with closing(open_index(path)) as index:
            meta = dict(index.execute("SELECT name, value FROM meta").fetchall())
    except sqlite3.DatabaseError:
        return ""
    return str(meta.get("digest", "")) if meta.get("layout") == str(_LAYOUT) else ""


def kept_in(path: Path) -> Kept:
    """What an index remembers; nothing where there is none, or one that another version of the product laid out."""
    try:
        with closing(open_index(path)) as index:
            meta = dict(index.execute("SELECT name, value FROM meta").fetchall())
            if meta.get("layout") != str(_LAYOUT):
                return Kept()
            rows = index.execute("SELECT name, stamp, declared FROM subjects").fetchall()
    except sqlite3.DatabaseError:
        return Kept()
    return Kept(
        declarations=meta.get("declarations", ""),
        profiled_at=meta.get("profiled_at", ""),
        stamps={name: stamp for name, stamp, _ in rows},
        declared={name: declared for name, _, declared in rows},
    )


def write_index(
    path: Path,
    made_of: Mapping[str, str],
    subjects: Iterable[Subject],
    gone: Sequence[str] = (),
    *,
    is_whole: bool,
) -> None:
    """Write what can be found, in one transaction.

    Args:
        path: The index; made where there is none.
        made_of: What it is made of: `declarations`, `profiled_at` (see `Kept`), and the `digest` of all (see `Stamps`).
        subjects: What changed; where it is whole, everything.
        gone: Names of subjects that are no more.
        is_whole: Whether nothing that was in the index stays.

    Raises:
        StorageError: When it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if is_whole:
            _replace(path, made_of, subjects)
            return
        with closing(open_index(path)) as index, index:
            _fill(index, made_of, subjects, gone)
    except (OSError, sqlite3.Error) as error:
        mend = "free some space, or let the lake root be written; the index is made again by the next search"
        raise StorageError(
            f"the search index cannot be written: {error}", place=str(path), mend=mend
        ) from error


def _replace(path: Path, made_of: Mapping[str, str], subjects: Iterable[Subject]) -> None:
    """Write a new file beside the old one, and let it take its place."""
    new = path.with_name(f"{path.name}.{os.getpid()}")
    new.unlink(missing_ok=True)
    with closing(sqlite3.connect(new)) as index, index:
        index.executescript(f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; {_TABLES}")
        index.execute("INSERT INTO meta VALUES ('layout', ?)", (str(_LAYOUT),))
        _fill(index, made_of, subjects, ())
        index.commit()
        index.execute("INSERT INTO found(found) VALUES ('optimize')")
    new.replace(path)


def _fill(
    index: sqlite3.Connection, made_of: Mapping[str, str], subjects: Iterable[Subject], gone: Sequence[str]
) -> None:
    for name in gone:
        _forget(index, name)
    for subject in subjects:
        _forget(index, subject.name)
        _take_in(index, subject)
    index.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", made_of.items())


def _forget(index: sqlite3.Connection, name: str) -> None:
    known = index.execute("SELECT first, last FROM subjects WHERE name = ?", (name,)).fetchone()
    if known is None:
        return
    index.execute("DELETE FROM found WHERE rowid BETWEEN ? AND ?", known)
    index.execute("DELETE FROM entries WHERE id BETWEEN ? AND ?", known)
    index.execute("DELETE FROM subjects WHERE name = ?", (name,))


def _take_in(index: sqlite3.Connection, subject: Subject) -> None:
    (last,) = index.execute("SELECT coalesce(max(id), 0) FROM entries").fetchone()
    numbered = list(enumerate(subject.entries, start=last + 1))
    index.executemany(
        "INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?)",
        [_shown(number, each) for number, each in numbered],
    )
    index.executemany(
        f"INSERT INTO found(rowid, {', '.join(FIELDS)}) VALUES (?{', ?' * len(FIELDS)})",  # noqa: S608 - names of ours
        [(number, *_searched(each)) for number, each in numbered],
    )
    words = {word for each in subject.entries for word in _words(each)}
    index.executemany("INSERT OR IGNORE INTO words VALUES (?)", [(word,) for word in sorted(words)])
    until = last + len(numbered)
    row = (subject.name, subject.stamp, subject.declared, last + 1, until)
    index.execute("INSERT INTO subjects VALUES (?, ?, ?, ?, ?)", row)


def _shown(number: int, each: Entry) -> tuple[object, ...]:
    return (number, each.kind, each.ref, each.description, each.terms, each.owner, int(each.is_personal))


def _searched(each: Entry) -> tuple[str, ...]:
    personal = " personal" if each.is_personal else ""
    return (
        each.name,
        each.terms,
        each.place,
        each.description,
        f"{each.tags}{personal}",
        each.owner,
        each.values,
    )


def _words(each: Entry) -> set[str]:
    """What a misspelt word may have meant: values are left out, of which there are many."""
    said = f"{each.name} {each.terms} {each.place} {each.description} {each.tags} {each.owner}"
    return {word for word in re.findall(r"[^\W_]+", said.lower()) if len(word) >= _SHORTEST}
