"""Run events of OpenLineage on their way out: to a file or to an HTTP endpoint, where the settings ask for it.

Events are told, not relied on: one that cannot be delivered is a warning in the log, and ends the telling of the run.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from lake_assets.errors import LakeError, SettingsError
from lake_assets.lineage.names import producer_of
from lake_assets.model import Run, StepReport, TableRef
from lake_assets.settings import Settings
from lake_assets.storage.root import LakeRoot

if TYPE_CHECKING:
    from openlineage.client.event_v2 import RunEvent

    from lake_assets.lineage.about import About

__all__ = ["EVENTS_FILE", "Emitter", "open_emitter"]

_LOG = logging.getLogger(__name__)

EVENTS_FILE = "governance/openlineage/events.ndjson"
"""Where under a root on this machine events are kept, one a line, where nothing else is said."""

_FILE = "file"
_PLACE = "LAKE_OPENLINEAGE"
_TIMEOUT_S = 5.0

Deliver = Callable[["RunEvent"], object]
"""Brings an event to where it is wanted, or raises."""


class Emitter:
    """Tells of the steps of one run.

    Args:
        root: The lake.
        run: The run.
        deliver: Brings an event to where it is wanted.
    """

    def __init__(self, root: LakeRoot, run: Run, deliver: Deliver) -> None:
        """Keep them."""
        self._root, self._run, self._deliver = root, run, deliver
        self._is_heard = True

    def began(self, ref: TableRef) -> None:
        """Tell that a step began."""
        from lake_assets.lineage.run_events import started  # noqa: PLC0415 - only who asks for events pays for it

        self._tell(lambda: started(self._root, self._run, ref))

    def ended(self, ref: TableRef, outcome: StepReport | LakeError, about: Callable[[], About]) -> None:
        """Tell that a step ended, or failed.

        Args:
            ref: The table.
            outcome: What it did, or why it failed.
            about: Finds what is declared of the table.
        """
        from lake_assets.lineage.run_events import completed, failed  # noqa: PLC0415 - see above

        if isinstance(outcome, LakeError):
            self._tell(lambda: failed(self._root, self._run, ref, outcome, about()))
        else:
            self._tell(lambda: completed(self._root, self._run, ref, outcome, about()))

    def _tell(self, make: Callable[[], RunEvent]) -> None:
        if not self._is_heard:
            return
        try:
            self._deliver(make())
        except Exception as error:  # noqa: BLE001 - whatever happens to an event, the run goes on
            self._is_heard = False
            what = f"{type(error).__name__}: {error}"
            _LOG.warning("OpenLineage events of this run are no longer told: %s", what)


def open_emitter(settings: Settings, root: LakeRoot, run: Run) -> Emitter | None:
    """What tells of a run; None where the settings do not ask for it.

    Args:
        settings: Say where events go: `file`, a path, or the URL of an endpoint.
        root: The lake.
        run: The run.

    Raises:
        SettingsError: When the library is not installed, or events cannot go where they should.
    """
    wanted = settings.openlineage
    if not wanted:
        return None
    if find_spec("openlineage") is None:
        mend = "pip install 'lake-assets[openlineage]', or unset LAKE_OPENLINEAGE"
        raise SettingsError("the library openlineage is not installed", place=_PLACE, mend=mend)
    _say_who_tells(run)
    is_url = wanted.startswith(("http://", "https://"))
    deliver = _to_endpoint(wanted, settings.openlineage_key_env) if is_url else _to_file(wanted, root)
    return Emitter(root, run, deliver)


def _say_who_tells(run: Run) -> None:
    from openlineage.client.facet_v2 import set_producer  # noqa: PLC0415 - only who asks for events pays for it

    set_producer(producer_of(run))


def _to_file(wanted: str, root: LakeRoot) -> Deliver:
    """Append each event as one line, in one write, so that two runs do not mix theirs."""
    if wanted == _FILE and not root.is_local:
        mend = "name a file on this machine or the URL of an endpoint"
        raise SettingsError(f"events cannot be appended to a file in {root.uri}", place=_PLACE, mend=mend)
    path = root.local_path(EVENTS_FILE) if wanted == _FILE else Path(wanted).expanduser().absolute()

    def deliver(event: RunEvent) -> None:
        from openlineage.client.serde import Serde  # noqa: PLC0415 - only who asks for events pays for it

        path.parent.mkdir(parents=True, exist_ok=True)
        line = f"{Serde.to_json(event)}\n".encode()
        target = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        try:
            os.write(target, line)
        finally:
            os.close(target)

    return deliver


def _to_endpoint(url: str, key_env: str) -> Deliver:
    from openlineage.client.transport.http import HttpConfig, HttpTransport  # noqa: PLC0415 - see above

    if key_env and not os.environ.get(key_env):
        what = f"the environment variable {key_env} is not set"
        raise SettingsError(what, place="LAKE_OPENLINEAGE_KEY_ENV", mend=f"set {key_env} to the key")
    parts = urlsplit(url)
    told = {"url": f"{parts.scheme}://{parts.netloc}", "timeout": _TIMEOUT_S, "retry": {"total": 1}}
    if parts.path.strip("/"):
        told["endpoint"] = parts.path.strip("/")
    if key_env:
        told["auth"] = {"type": "api_key", "apiKey": os.environ[key_env]}
    transport = HttpTransport(HttpConfig.from_dict(told))
    return transport.emit
