"""The lake's side of Dagster Pipes: what a program is told, and what it tells while it works.

Source: the protocol as the package dagster_pipes speaks it. The context and the place for messages are parameters in
the environment, as JSON, deflated, in base64; messages are JSON lines in a file.
"""

from __future__ import annotations

import json
import logging
import zlib
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lake_assets.connectors._secrets import Secrets
from lake_assets.errors import ConnectorError

__all__ = ["Report", "encoded", "read_report", "write_context"]

_LOG = logging.getLogger("lake_assets.connectors.script")
_VERSION = "__dagster_pipes_version"
_MEND = "correct the program: see docs/connectors.md, script"
_STATE_BYTES = 64 << 10  # the system takes 128 KiB for one variable of the environment


@dataclass
class Report:
    """What a program told.

    Args:
        state: What it asked to be remembered; None where it did not say.
        files: What it says to have written, in order.
        failure: The exception with which it says to have ended; empty where there was none.
    """

    state: str | None = None
    files: list[str] = field(default_factory=list)
    failure: str = ""


def encoded(parameters: dict[str, object]) -> str:
    """Parameters as they stand in the environment.

    >>> from dagster_pipes import decode_param
    >>> decode_param(encoded({"path": "/x"}))
    {'path': '/x'}
    """
    return b64encode(zlib.compress(json.dumps(parameters).encode())).decode()


def write_context(path: Path, asset: str, run: str, extras: dict[str, object]) -> None:
    """Write what `PipesContext` of the program answers.

    Args:
        path: Where.
        asset: The key of the asset, its parts joined by `/`.
        run: The id of this run of the program.
        extras: What else there is to know.
    """
    nothing = ("partition_key", "partition_key_range", "partition_time_window", "job_name")
    context = {
        **dict.fromkeys(nothing),
        "asset_keys": [asset],
        "code_version_by_asset_key": {asset: None},
        "provenance_by_asset_key": {asset: None},
        "run_id": run,
        "retry_number": 0,
        "extras": extras,
    }
    path.write_text(json.dumps(context), encoding="utf-8")


def read_report(path: Path, secrets: Secrets, place: str) -> Report:
    """Read the messages of a program; what it logged is logged.

    Args:
        path: Where they are.
        secrets: Are hidden in what is logged.
        place: For errors.

    Raises:
        ConnectorError: When a message means nothing.
    """
    report = Report()
    for method, told in _messages(path, place):
        match method:
            case "report_custom_message":
                _take(report, told.get("payload"), place)
            case "closed" if isinstance(failure := told.get("exception"), dict):
                report.failure = secrets.hide(str(failure.get("message", "")).strip()) or "an exception"
            case "log":
                level = logging.getLevelNamesMapping().get(str(told.get("level")).upper(), logging.INFO)
                _LOG.log(level, "%s: %s", place, secrets.hide(str(told.get("message"))))
            case "report_asset_materialization" | "report_asset_check":
                is_bad = told.get("passed") is False
                _LOG.log(logging.WARNING if is_bad else logging.INFO, "%s: %s", place, _shown(told, secrets))
            case _:
                continue
    return report


def _messages(path: Path, place: str) -> Iterator[tuple[str, dict[str, object]]]:
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        try:
            message = json.loads(line)
        except ValueError as error:
            what = f"message {number} of the program is not a line of JSON"
            raise ConnectorError(what, place=place, mend=_MEND) from error
        if not isinstance(message, dict) or _VERSION not in message:
            what = f"message {number} of the program is none of Dagster Pipes: it has no {_VERSION}"
            raise ConnectorError(what, place=place, mend=_MEND)
        told = message.get("params")
        yield str(message.get("method")), told if isinstance(told, dict) else {}


def _take(report: Report, payload: object, place: str) -> None:
    """Take in a message of the program's own: `{"state": TEXT}`, `{"file": NAME}`, or both."""
    told = payload if isinstance(payload, dict) else {}
    for name in {"state", "file"} & told.keys():
        if not isinstance(told[name], str):
            what = f"the program told a {name} that is not a text"
            raise ConnectorError(what, place=place, mend=_MEND)
    if "file" in told:
        report.files.append(told["file"])
    if "state" in told:
        report.state = _bearable(told["state"], place)


def _bearable(state: str, place: str) -> str:
    size_bytes = len(state.encode("utf-8", "surrogatepass"))
    if size_bytes > _STATE_BYTES or "\0" in state:
        what = f"the state that the program told cannot be handed to it again: {size_bytes} bytes"
        mend = f"let it tell at most {_STATE_BYTES} bytes of text, none of them zero"
        raise ConnectorError(what, place=place, mend=mend)
    return state


def _shown(told: dict[str, object], secrets: Secrets) -> str:
    return secrets.hide(json.dumps(told, ensure_ascii=False))
