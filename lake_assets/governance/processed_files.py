"""Processed files: one row for each file version that persistent landing has taken note of.

A row is committed only after its bytes are durable in persistent landing. Every note is decided on the table it is
written to, so of two runs that bring the same file one lands it and the other records a duplicate.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace

import polars as pl

from lake_assets.governance.erasures import Originals, originals
from lake_assets.governance.known_files import KnownFiles
from lake_assets.governance.landing_notes import drop_notes, write_note
from lake_assets.model import Dataset, FetchedFile, LandedFile, LandingOutcome, TableRef, WriteMode, Zone
from lake_assets.storage.commit import Change, commit
from lake_assets.storage.data_files import write_data_files
from lake_assets.storage.places import rows_with
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import Table, find_table
from lake_assets.storage.upsert import plan_rewrite

__all__ = [
    "LANDING_SEEN",
    "PROCESSED_FILES",
    "PROCESSED_FILES_COLUMNS",
    "all_files",
    "every_file",
    "known_files",
    "landed_after",
    "landed_at",
    "landed_files",
    "newest_file",
    "put_in_place_of",
    "restore",
    "safe_name",
    "take_note",
]

PROCESSED_FILES = TableRef(Zone.GOVERNANCE, "processed_files")

_SCHEMA = pl.Schema(
    {
        "file_id": pl.Int64(),
        "source": pl.String(),
        "dataset": pl.String(),
        "path": pl.String(),
        "origin": pl.String(),
        "fingerprint": pl.String(),
        "name": pl.String(),
        "state": pl.String(),
        "sha256": pl.String(),
        "size_bytes": pl.Int64(),
        "newlines": pl.Int64(),
        "ingested_at": pl.Datetime("us", "UTC"),
        "outcome": pl.String(),
        "duplicate_of": pl.Int64(),
        "run_id": pl.String(),
    }
)

_MEANING = {
    "file_id": "what _file holds in every zone; grows with time within a dataset",
    "path": "where the bytes are kept, under the lake root",
    "origin": "what the file is called at its source",
    "fingerprint": "changes whenever the bytes at the source may have changed",
    "state": "what the connector remembers of the collection after this file",
    "sha256": "identity of the bytes as they are kept; empty where none are",
    "newlines": "number of line feed bytes",
    "ingested_at": "when the file was complete in temporary landing, UTC",
    "outcome": "landed; duplicate: the same bytes again, which go no further; erased: the bytes of a file of which a"
    " person was erased, which go no further; withdrawn: its bytes had to go to erase a person",
    "duplicate_of": "the file_id that a duplicate, or one that is erased, repeats",
}

PROCESSED_FILES_COLUMNS = (_SCHEMA, _MEANING)
"""Its columns and what they mean, for whoever lists the artefacts."""


LANDING_SEEN = "seen"
"""What a commit of processed files calls what it noted of which dataset."""

_AT_THEIR_TIME = {WriteMode.REPLACE, WriteMode.SNAPSHOT, WriteMode.SCD2}


@dataclass
class _Noted:
    """Rows of processed files that fetched ones are judged by, and the newest row.

    Args:
        rows: Oldest first.
    """

    rows: Sequence[LandedFile] = ()
    state: str = ""
    last_id: int = 0
    _seen: set[tuple[str, str]] = field(default_factory=set)
    _by_origin: dict[str, LandedFile] = field(default_factory=dict)
    _by_hash: dict[str, LandedFile] = field(default_factory=dict)
    _newest_sha256: str = ""

    def __post_init__(self) -> None:
        """Index the rows."""
        for row in self.rows:
            self.add(row)

    def add(self, row: LandedFile) -> None:
        """Take note of one more row."""
        self._seen.add((row.origin, row.fingerprint))
        self._by_origin[row.origin] = row
        self.state, self._newest_sha256 = row.state, row.sha256
        if row.outcome is LandingOutcome.LANDED:
            self._by_hash[row.sha256] = row
        self.last_id = max(self.last_id, row.file_id)

    def has(self, origin: str, fingerprint: str) -> bool:
        """Whether these bytes of this origin are known."""
        return (origin, fingerprint) in self._seen

    def repeats(self, fetched: FetchedFile, mode: WriteMode) -> LandedFile | None:
        """The landed file that a fetched one merely repeats, or None when it brings something new.

        The same bytes again are a duplicate. The one exception: an origin that went from A to B and back to A says
        something new, unless rows are only ever appended, where A's rows are there already. Where each file is the
        truth at its time, or the time of its coming is what its rows hold since, so does a file under any name that is
        not like the one before it.
        """
        same = self._by_hash.get(fetched.sha256)
        if mode in _AT_THEIR_TIME:
            return same if fetched.sha256 == self._newest_sha256 else None
        latest = self._by_origin.get(fetched.origin)
        is_reverted = latest is not None and latest.sha256 != fetched.sha256
        return None if is_reverted and mode is not WriteMode.APPEND else same


def known_files(root: LakeRoot, dataset: Dataset) -> KnownFiles:
    """What has been landed of a dataset."""
    table = find_table(root, PROCESSED_FILES)
    if table is None:
        return KnownFiles()
    found = table.scan().filter(_mine(dataset)).select("file_id", "origin", "fingerprint").collect()
    if found.is_empty():
        return KnownFiles()
    (newest,) = _rows(table, dataset, pl.col("file_id") == found["file_id"].max())
    return KnownFiles(found.sort("file_id"), newest.state)


def all_files(root: LakeRoot, dataset: Dataset) -> list[LandedFile]:
    """Every row of a dataset, oldest first."""
    table = find_table(root, PROCESSED_FILES)
    return _rows(table, dataset) if table else []


def every_file(root: LakeRoot) -> list[LandedFile]:
    """Every row of every dataset, by file id."""
    table = find_table(root, PROCESSED_FILES)
    rows = table.scan().sort("file_id").collect().iter_rows(named=True) if table else ()
    return [_landed_file(row) for row in rows]


def _noted(table: Table | None, dataset: Dataset, fetched: Sequence[FetchedFile]) -> _Noted:
    """Of what was noted of a dataset, all that bears on some files."""
    if table is None:
        return _Noted()
    origins, hashes = [file.origin for file in fetched], [file.sha256 for file in fetched]
    is_newest = pl.col("file_id") == _newest_id(table, _mine(dataset))
    concerns = pl.col("origin").is_in(origins) | pl.col("sha256").is_in(hashes) | is_newest
    return _Noted(_rows(table, dataset, concerns))


def _rows(table: Table, dataset: Dataset, *also: pl.Expr, most: int | None = None) -> list[LandedFile]:
    ordered = table.scan().filter(_mine(dataset)).filter(*also).sort("file_id")
    found = (ordered if most is None else ordered.head(most)).collect()
    return [_landed_file(row) for row in found.iter_rows(named=True)]


def _mine(dataset: Dataset) -> pl.Expr:
    return (pl.col("source") == dataset.source) & (pl.col("dataset") == dataset.name)


def _landed_file(row: dict[str, object]) -> LandedFile:
    values = {**row, "outcome": LandingOutcome(str(row["outcome"]))}
    return LandedFile(**values)  # type: ignore[arg-type]


def landed_after(root: LakeRoot, dataset: Dataset, file_id: int, most: int | None = None) -> list[LandedFile]:
    """The files of a dataset that landed after a file, oldest first; duplicates are not among them.

    Args:
        root: The lake.
        dataset: The dataset.
        file_id: The file after which they landed.
        most: How many are asked for; None for all.
    """
    table = find_table(root, PROCESSED_FILES)
    is_new = (pl.col("file_id") > file_id) & (pl.col("outcome") == LandingOutcome.LANDED.value)
    return _rows(table, dataset, is_new, most=most) if table else []


def landed_files(root: LakeRoot, file_ids: Collection[int]) -> dict[int, LandedFile]:
    """Some files by their ids, of whatever dataset; of a registry of a million only what may hold them is read."""
    table = find_table(root, PROCESSED_FILES)
    if table is None or not file_ids:
        return {}
    found = rows_with(table, "file_id", file_ids).collect()
    return {row["file_id"]: _landed_file(row) for row in found.iter_rows(named=True)}


def newest_file(root: LakeRoot, dataset: str) -> int:
    """The id of the file of a dataset that was noted last; 0 when none was."""
    table = find_table(root, PROCESSED_FILES)
    if table is None:
        return 0
    return _newest_id(table, pl.col("dataset") == dataset)


def _newest_id(table: Table, among: pl.Expr) -> int:
    newest = table.scan().filter(among).select(pl.col("file_id").max()).collect().item()
    return newest if isinstance(newest, int) else 0


def take_note(
    root: LakeRoot,
    dataset: Dataset,
    fetched: Sequence[FetchedFile],
    run_id: str,
    keep: Callable[[Sequence[tuple[FetchedFile, LandedFile]]], None],
    told: Callable[[], dict[str, object]] = dict,
) -> list[LandedFile]:
    """Record fetched files: new ones as landed, repeated ones as duplicates.

    Args:
        root: The lake.
        dataset: Whose files they are.
        fetched: In the order in which they are to be landed.
        run_id: The run.
        keep: Makes the bytes of the landed ones durable under their path; called before they are recorded, and again
            with other paths after a lost race.
        told: Says what else the commit is to say; asked when it is made.

    Returns:
        The rows that were added. A file that another run recorded meanwhile is not among them, nor is one that
        goes on from where another run has gone on meanwhile.
    """
    noted: list[LandedFile] = []
    notes: list[str] = []

    erased = originals(root, dataset.name)

    def decide(table: Table | None) -> Change | None:
        drop_notes(root, notes)
        notes.clear()
        pairs = _judge(_noted(table, dataset, fetched), erased, dataset, fetched, run_id)
        noted[:] = [landed for _, landed in pairs]
        if not pairs:
            return None
        keep([pair for pair in pairs if pair[1].outcome is LandingOutcome.LANDED])
        notes.append(write_note(root, noted))
        files = write_data_files(root, PROCESSED_FILES, _frame(noted))
        note = {**_note(dataset, run_id, noted), **told()}
        return Change(_SCHEMA, files, note=note, column_notes=_column_notes())

    commit(root, PROCESSED_FILES, decide)
    return noted


def restore(root: LakeRoot, rows: Sequence[LandedFile]) -> bool:
    """Let the table hold some rows and no others; nothing is written where it does already.

    Args:
        root: The lake.
        rows: All that is to be known, in any order.

    Returns:
        Whether anything was written.
    """
    wanted = _frame(rows).sort("file_id").collect()
    written: list[bool] = []

    def decide(table: Table | None) -> Change | None:
        written.clear()
        if table is not None and table.scan().select(wanted.columns).sort("file_id").collect().equals(wanted):
            return None
        written.append(True)
        files = write_data_files(root, PROCESSED_FILES, wanted.lazy())
        is_new = table is None
        return Change(_SCHEMA, files, column_notes=_column_notes(), replaces_table=not is_new)

    commit(root, PROCESSED_FILES, decide)
    return bool(written)


def _note(dataset: Dataset, run_id: str, noted: Sequence[LandedFile]) -> dict[str, object]:
    landed = [file for file in noted if file.outcome is LandingOutcome.LANDED]
    seen = {
        "source": dataset.source,
        "dataset": dataset.name,
        "at": max(file.ingested_at for file in noted).isoformat(),
        "files": len(landed),
        "duplicates": len(noted) - len(landed),
        "size_bytes": sum(file.size_bytes for file in landed),
        "newest_file": noted[-1].file_id,
    }
    return {"run_id": run_id, "rows_out": len(noted), LANDING_SEEN: seen}


def _column_notes() -> dict[str, dict[str, str]]:
    return {name: {"comment": meaning} for name, meaning in _MEANING.items()}


def _frame(rows: Iterable[LandedFile]) -> pl.LazyFrame:
    return pl.LazyFrame([{**vars(row), "outcome": row.outcome.value} for row in rows], schema=_SCHEMA)


def _judge(
    known: _Noted, erased: Originals, dataset: Dataset, fetched: Sequence[FetchedFile], run_id: str
) -> list[tuple[FetchedFile, LandedFile]]:
    pairs: list[tuple[FetchedFile, LandedFile]] = []
    for file in fetched:
        if known.has(file.origin, file.fingerprint) or file.follows not in {None, known.state}:
            continue
        repeated = erased.repeated_by(file.sha256, file.size_bytes)
        landed = _landed(known, dataset, file, run_id)
        if repeated is not None:
            landed = replace(landed, path="", sha256="", outcome=LandingOutcome.ERASED, duplicate_of=repeated)
        known.add(landed)
        pairs.append((file, landed))
    return pairs


def _landed(known: _Noted, dataset: Dataset, file: FetchedFile, run_id: str) -> LandedFile:
    file_id = _next_id(file, known.last_id)
    landed = LandedFile(
        file_id=file_id,
        source=dataset.source,
        dataset=dataset.name,
        path=_landing_path(dataset, file, file_id),
        origin=file.origin,
        fingerprint=file.fingerprint,
        name=file.name,
        state=file.state,
        sha256=file.sha256,
        size_bytes=file.size_bytes,
        newlines=file.newlines,
        ingested_at=file.fetched_at,
        outcome=LandingOutcome.LANDED,
        duplicate_of=None,
        run_id=run_id,
    )
    same = known.repeats(file, dataset.write_mode)
    if same is None:
        return landed
    return replace(landed, path=same.path, outcome=LandingOutcome.DUPLICATE, duplicate_of=same.file_id)


def put_in_place_of(root: LakeRoot, files: Sequence[LandedFile], run_id: str) -> None:
    """Let rows of files say something else, and the rows of their duplicates with them.

    Args:
        root: The lake.
        files: The files as they are from now on, by their ids.
        run_id: The run.
    """
    now = {file.file_id: file for file in files}

    def decide(table: Table | None) -> Change | None:
        ids = pl.Series("file_id", list(now), dtype=pl.Int64)
        concerned = pl.col("file_id").is_in(ids.to_list()) | pl.col("duplicate_of").is_in(ids.to_list())
        rows = table.scan().filter(concerned).collect() if table else pl.DataFrame()
        if table is None or rows.is_empty():
            return None
        told = [_as_now(_landed_file(row), now) for row in rows.iter_rows(named=True)]
        planned = plan_rewrite(table, rows.lazy().select("file_id"), _frame(told))
        note: dict[str, object] = {"run_id": run_id, "rows_out": len(told)}
        return Change(_SCHEMA, planned.adds, planned.removes, note=note)

    commit(root, PROCESSED_FILES, decide)


def _as_now(row: LandedFile, now: dict[int, LandedFile]) -> LandedFile:
    if row.file_id in now:
        return now[row.file_id]
    repeated = now[row.duplicate_of or 0]
    return replace(
        row,
        path=repeated.path,
        sha256=repeated.sha256,
        size_bytes=repeated.size_bytes,
        newlines=repeated.newlines,
    )


_HASH_BITS = 11


def landed_at(file: pl.Expr) -> pl.Expr:
    """When a file was ingested, UTC, from its id.

    Args:
        file: Ids of landed files.

    >>> pl.select(landed_at(pl.lit(1_700_000_000_000_000 << 11 | 5))).item().isoformat()
    '2023-11-14T22:13:20+00:00'
    """
    return (file // (1 << _HASH_BITS)).cast(pl.Datetime("us", "UTC"))


def _next_id(file: FetchedFile, last_id: int) -> int:
    """Microseconds since the epoch, then 11 bits of the hash: unique in the lake, and past the dataset's last."""
    microseconds = int(file.fetched_at.timestamp() * 1_000_000)
    after_last = max(microseconds, (last_id >> _HASH_BITS) + 1)
    return (after_last << _HASH_BITS) | (int(file.sha256[:3], 16) >> 1)


def _landing_path(dataset: Dataset, file: FetchedFile, file_id: int) -> str:
    stamp = f"{file.fetched_at:%Y%m%dT%H%M%S}-{file_id:019d}"
    folder = f"{Zone.PERSISTENT_LANDING}/{dataset.source}/{dataset.name}"
    return f"{folder}/{stamp}_{file.sha256[:12]}_{safe_name(file.name)}"


def safe_name(name: str) -> str:
    """A file name as it stands in the path of a landed file.

    >>> safe_name("ada@example.org.csv")
    'ada-example.org.csv'
    """
    return "".join(letter if letter.isalnum() or letter in "._-" else "-" for letter in name)[-120:]
