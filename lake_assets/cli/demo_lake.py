"""The demo lake's outside world: its raw files and servers, for as long as a command needs them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lake_assets.demo import DemoFiles
    from lake_assets.settings import Settings

__all__ = ["demo_world", "environment", "is_demo_lake"]

_SERVERS = ("LAKE_DEMO_FILES_URL", "LAKE_DEMO_WEATHER_URL", "LAKE_DEMO_S3_ENDPOINT")


def is_demo_lake(settings: Settings) -> bool:
    """Whether the declarations are those of the demo lake, as they are when nobody names others."""
    import lake_assets

    return settings.defs == (Path(lake_assets.__file__).parent / "defs",)


@contextmanager
def demo_world(settings: Settings) -> Iterator[DemoFiles | None]:
    """Lay out the demo's files and run its servers, named in the environment, while a block runs.

    Args:
        settings: Of the lake.

    Yields:
        Where the demo's files stand; None, and nothing is started, when the lake is not the demo's or the
        environment names servers already.

    Raises:
        DemoError: When a package of the demo is missing, or a server does not come up.
    """
    if not is_demo_lake(settings) or any(os.environ.get(name) for name in _SERVERS):
        yield None
        return
    from lake_assets.demo import prepare, serve

    files = prepare(Path(os.environ.get("LAKE_DEMO_HOME") or settings.project / "demo"))
    with serve(files) as servers, environment(servers.environment):
        yield files


@contextmanager
def environment(variables: Mapping[str, str]) -> Iterator[None]:
    """Set environment variables while a block runs, for this process and those it starts."""
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
