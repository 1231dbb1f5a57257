"""Files that a program writes: `connector: {kind: script, command: [python3, pull.py]}`.

Any program, in any language: it is given an empty folder to write files into, and what it asked to be remembered the
last time. It speaks Dagster Pipes, where it has something to say.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, ClassVar
from uuid import uuid4

from lake_assets.connectors._copy import CHUNK_BYTES, write_all
from lake_assets.connectors._glob import Glob
from lake_assets.connectors._newness import new_fingerprint
from lake_assets.connectors._options import checked
from lake_assets.connectors._script_options import ScriptDatasetOptions, ScriptOptions
from lake_assets.connectors._script_pipes import Report, encoded, read_report, write_context
from lake_assets.connectors._script_run import run_program, surroundings
from lake_assets.connectors._script_state import ScriptState
from lake_assets.connectors._secrets import Secrets, referenced
from lake_assets.connectors._walk import FoundFile, Walk, readable_name
from lake_assets.connectors.protocol import ConnectorOptions, Known
from lake_assets.errors import ConnectorError
from lake_assets.model import Arrival, Dataset, Source, Zone
from lake_assets.settings import Settings, expand

__all__ = ["Script", "ScriptDatasetOptions", "ScriptOptions"]


class Script:
    """Runs the program once for each dataset and look; what it wrote lands all at once, or not at all.

    An arrival's origin is the path of a file below the folder; it is new when its bytes are.
    """

    options: ClassVar[type[ConnectorOptions]] = ScriptOptions
    dataset_options: ClassVar[type[ConnectorOptions]] = ScriptDatasetOptions

    def __init__(self, source: Source) -> None:
        """Keep what the source declares."""
        self._name = source.name
        self._place = f"source {source.name}"
        self._options = checked(ScriptOptions, source.connector_options, str(source.place) or self._place)

    def discover(self, dataset: Dataset, known: Known) -> Iterator[Arrival]:
        """Run the program and give the files that are new.

        Fetch arrivals before the iterator is exhausted: they are in a temporary folder until then.

        Raises:
            ConnectorError: When the program cannot be started, does not end well, or wrote what cannot be taken.
        """
        place = f"{self._place}, dataset {dataset.name}"
        options = checked(ScriptDatasetOptions, dataset.connector_options, str(dataset.place) or self._place)
        with TemporaryDirectory(prefix="lake_assets-script-", ignore_cleanup_errors=True) as folder:
            run = _Run(Path(folder), uuid4().hex, known.state, place)
            report = self._run(run, dataset, options)
            files = _written(run, expand(dataset.origin, place=place), report)
            yield from _arrivals(run, files, known, report.state)

    def _run(self, run: _Run, dataset: Dataset, options: ScriptDatasetOptions) -> Report:
        words = [*self._options.command, *options.arguments]
        secrets = Secrets(referenced(*words, *self._options.environment.values()))
        command = [expand(word, place=run.place) for word in words]
        declared = {name: expand(text, place=run.place) for name, text in self._options.environment.items()}
        folder = (
            Settings.from_environment().project
            / Path(expand(self._options.folder, place=run.place)).expanduser()
        )
        environment = {**surroundings(), **declared, **run.prepare(self._name, dataset.name)}
        run_program(command, folder, environment, self._options.timeout_s, secrets, run.place)
        report = read_report(run.messages, secrets, run.place)
        if report.failure:
            what = f"the program says that it failed: {report.failure}"
            raise ConnectorError(
                what, place=run.place, mend="mend it, then run again: nothing of this run landed"
            )
        return report


@dataclass(frozen=True)
class _Run:
    """One run of the program.

    Args:
        folder: Ours; holds the one that the program writes files into.
        run_id: Tells it from others.
        remembered: See `Known.state`.
        place: For errors.
    """

    folder: Path
    run_id: str
    remembered: str
    place: str

    @property
    def state(self) -> str:
        """What the program asked to be remembered last."""
        found = ScriptState.read(self.remembered)
        return found.text if found else ""

    @property
    def files(self) -> Path:
        """What the program writes into."""
        return self.folder / "files"

    @property
    def messages(self) -> Path:
        """Where it tells what it has to say."""
        return self.folder / "messages"

    def prepare(self, source: str, dataset: str) -> dict[str, str]:
        """Make what the program is given; answer its environment."""
        self.files.mkdir()
        self.messages.touch()
        context = self.folder / "context.json"
        extras: dict[str, object] = {
            "source": source,
            "dataset": dataset,
            "folder": str(self.files),
            "state": self.state,
        }
        write_context(context, f"{Zone.TEMPORARY_LANDING}/{dataset}", self.run_id, extras)
        return {
            "LAKE_DATASET": dataset,
            "LAKE_FOLDER": str(self.files),
            "LAKE_MESSAGES": str(self.messages),
            "LAKE_STATE": self.state,
            "DAGSTER_PIPES_CONTEXT": encoded({"path": str(context)}),
            "DAGSTER_PIPES_MESSAGES": encoded({"path": str(self.messages)}),
        }


def _written(run: _Run, glob: str, report: Report) -> list[FoundFile]:
    """The files that fit, first those that the program told of, in its order, then the others by name.

    Raises:
        ConnectorError: When something that fits is no file in the folder, when a file that was told of is not there, or
            when none fits of what was written.
    """
    walk = Walk(str(run.files), str(run.files), Glob(glob))
    found = {file.relative: file for file in walk.files()}
    walk.require_no_problems(run.place)
    told = [os.path.normpath(name) for name in report.files]
    missing = [name for name in told if name not in found]
    if missing:
        what = f"the program told of {missing[0]}, which is not among the files that fit {glob}"
        mend = "let it tell the path from LAKE_FOLDER on of a file that is complete, or correct from"
        raise ConnectorError(what, place=run.place, mend=mend)
    if not found and any(run.files.iterdir()):
        what = f"of what the program wrote nothing fits {glob}, such as {next(run.files.iterdir()).name}"
        raise ConnectorError(what, place=run.place, mend="correct from of the dataset, or the program")
    return [found[name] for name in dict.fromkeys([*told, *sorted(found)])]


def _arrivals(run: _Run, files: list[FoundFile], known: Known, told: str | None) -> Iterator[Arrival]:
    """What is new of the files: it lands together, and the last of it brings the state that is remembered."""
    hashed = ((file, readable_name(file.relative), _sha256(file.path)) for file in files)
    marked = [(file, name, new_fingerprint(known, name, sha256)) for file, name, sha256 in hashed]
    new = [(file, name, fingerprint) for file, name, fingerprint in marked if fingerprint]
    text = run.state if told is None else told
    has_state = bool(text or run.remembered)
    follows = run.remembered
    for number, (file, name, fingerprint) in enumerate(new):
        is_last = number == len(new) - 1
        state = ScriptState(text if is_last else run.state, run.run_id, number).dump() if has_state else ""
        fetch = partial(_fetch, file.path, state, f"{run.place}, file {name}")
        yield Arrival(
            name,
            fingerprint,
            name.rpartition("/")[2],
            fetch,
            follows=follows if has_state else None,
            has_more=not is_last,
        )
        follows = state


def _sha256(path: str) -> str:
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _fetch(path: str, state: str, place: str, into: BinaryIO) -> str:
    write_all(_chunks(path, place), into)
    return state


def _chunks(path: str, place: str) -> Iterator[bytes]:
    try:
        with Path(path).open("rb", buffering=0) as file:
            while chunk := file.read(CHUNK_BYTES):
                yield chunk
    except OSError as error:
        what = f"what the program wrote cannot be read: {error.strerror or type(error).__name__}"
        mend = "fetch an arrival before the look at its source ends"
        raise ConnectorError(what, place=place, mend=mend) from error
