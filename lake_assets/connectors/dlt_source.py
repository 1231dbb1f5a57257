"""Any source of dlt: `connector: {kind: dlt, source: "dlt.sources.rest_api:rest_api_source", arguments: {...}}`.

dlt works in a process of its own. What a resource yields is complete in a file, as it was yielded, before any of it
lands; the state of the resource is committed with it.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, ClassVar

from lake_assets.connectors._copy import CHUNK_BYTES, write_all
from lake_assets.connectors._dlt_options import DltDatasetOptions, DltOptions
from lake_assets.connectors._dlt_state import DltState
from lake_assets.connectors._extras import missing_extra
from lake_assets.connectors._newness import new_fingerprint
from lake_assets.connectors._options import checked
from lake_assets.connectors._script_run import run_program, surroundings
from lake_assets.connectors._secrets import Secrets, referenced
from lake_assets.connectors.protocol import ConnectorOptions, Known
from lake_assets.errors import ConnectorError
from lake_assets.model import Arrival, Dataset, Source
from lake_assets.settings import Settings, expand

__all__ = ["Dlt", "DltDatasetOptions", "DltOptions"]

# A state holds sets of hashes as lists: the same at each pull only where Python orders them alike.
_SETTLED = {"RUNTIME__DLTHUB_TELEMETRY": "false", "PYTHONHASHSEED": "0"}
_FORMATS = {"rows.jsonl": "json", "rows.parquet": "parquet"}


class _DltError(Exception):
    """What dlt or a source raised, in its process."""


@dataclass(frozen=True)
class _Pulled:
    """What a pull brought.

    Args:
        path: All that the resource yielded.
        sha256: Of it, without the number of the pull.
        state: What dlt wants to be remembered.
    """

    path: Path
    sha256: str
    state: str


class Dlt:
    """Pulls one resource for each dataset and look; what it yields lands as one file with its state, or not at all.

    The origin of a dataset is the name of the resource. Without a state, a pull is new when it yields other records
    than the one before.
    """

    options: ClassVar[type[ConnectorOptions]] = DltOptions
    dataset_options: ClassVar[type[ConnectorOptions]] = DltDatasetOptions
    usual_format: ClassVar[str] = "json"

    def __init__(self, source: Source) -> None:
        """Keep what the source declares."""
        self._place = f"source {source.name}"
        self._options = checked(DltOptions, source.connector_options, str(source.place) or self._place)

    def discover(self, dataset: Dataset, known: Known) -> Iterator[Arrival]:
        """Pull the resource; the file is there until the next arrival is asked for.

        Raises:
            ConnectorError: When dlt is not installed, or the source fails: then nothing of the pull lands.
        """
        place = f"{self._place}, dataset {dataset.name}"
        options = checked(DltDatasetOptions, dataset.connector_options, str(dataset.place) or self._place)
        if find_spec("dlt") is None:
            raise missing_extra("dlt", "dlt", place)
        before = DltState.read(known.state)
        with TemporaryDirectory(prefix="lake_assets-dlt-", ignore_cleanup_errors=True) as folder:
            pulled = self._pull(Path(folder), dataset, options, before, place)
            if pulled:
                yield from _arrival(pulled, dataset, known, before, place)

    def _pull(
        self, folder: Path, dataset: Dataset, options: DltDatasetOptions, before: DltState, place: str
    ) -> _Pulled | None:
        given = (self._options.arguments, options.incremental, self._options.environment)
        secrets = Secrets(referenced(*given))
        arguments, incremental, environment = (_filled(each, place) for each in given)
        request = {
            "source": self._options.source,
            "arguments": arguments,
            "resource": expand(dataset.origin, place=place),
            "incremental": incremental,
            "state": before.text,
            "pull": before.pull + 1,
        }
        (folder / "request.json").write_text(json.dumps(request, default=str), encoding="utf-8")
        command = [sys.executable, "-m", "lake_assets.connectors._dlt_child", str(folder)]
        project = Settings.from_environment().project
        working = project / Path(expand(self._options.folder, place=place)).expanduser()
        surrounded = {**surroundings(), **_SETTLED, **environment}
        run_program(command, working, surrounded, self._options.timeout_s, secrets, place)
        return _read(folder, dataset, secrets, place)


def _filled(given: Any, place: str) -> Any:  # noqa: ANN401 - what YAML holds
    """What is declared, with `${NAME}` filled in."""
    if isinstance(given, str):
        return expand(given, place=place)
    if isinstance(given, dict):
        return {name: _filled(value, place) for name, value in given.items()}
    return [_filled(value, place) for value in given] if isinstance(given, list) else given


def _read(folder: Path, dataset: Dataset, secrets: Secrets, place: str) -> _Pulled | None:
    """What a pull came to; None when it yielded nothing.

    Raises:
        ConnectorError: When it failed, or yielded what the format of the dataset does not read.
    """
    outcome = _outcome(folder)
    if "failure" in outcome:
        failure = secrets.hide(outcome["failure"])
        mend = (
            "mend the source, its arguments or its environment, then run again: nothing of this pull landed"
        )
        error = ConnectorError(f"the dlt source failed: {failure}", place=place, mend=mend)
        raise error from _DltError(failure)
    if not outcome["name"]:
        return None
    wanted = _FORMATS[outcome["name"]]
    if dataset.format != wanted:
        what = f"the resource yields {'tables' if wanted == 'parquet' else 'records'}, which are no {dataset.format}"
        raise ConnectorError(what, place=place, mend=f"declare format: {wanted}")
    return _Pulled(folder / outcome["name"], outcome["sha256"], outcome["state"])


def _outcome(folder: Path) -> dict[str, str]:
    try:
        outcome: dict[str, str] = json.loads((folder / "outcome.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {"failure": "it ended the process"}
    return outcome


def _arrival(
    pulled: _Pulled, dataset: Dataset, known: Known, before: DltState, place: str
) -> Iterator[Arrival]:
    # What two pulls yield alike is the same only where the resource did not go on in between.
    step = before.text if pulled.state != before.text else ""
    mark = hashlib.sha256(f"{pulled.sha256} {step}".encode()).hexdigest()
    fingerprint = new_fingerprint(known, dataset.origin, mark)
    if fingerprint:
        state = DltState(pulled.state, before.pull + 1).dump()
        name = f"{dataset.name}{pulled.path.suffix}"
        fetch = partial(_fetch, pulled.path, state, place)
        yield Arrival(dataset.origin, fingerprint, name, fetch, follows=known.state)


def _fetch(path: Path, state: str, place: str, into: BinaryIO) -> str:
    write_all(_chunks(path, place), into)
    return state


def _chunks(path: Path, place: str) -> Iterator[bytes]:
    try:
        with path.open("rb", buffering=0) as file:
            while chunk := file.read(CHUNK_BYTES):
                yield chunk
    except OSError as error:
        what = f"what was pulled cannot be read: {error.strerror or type(error).__name__}"
        mend = "fetch an arrival before the next one is asked for"
        raise ConnectorError(what, place=place, mend=mend) from error
