"""A module with dlt sources, as a project has them, written into a folder; and a connector that pulls them."""

from __future__ import annotations

import json
from pathlib import Path

from lake_assets.connectors.dlt_source import Dlt
from lake_assets.model import Dataset, Source
from lake_assets_tests.connectors.memory import Memory, Taken, land

MODULE = """\
import json
import os
from pathlib import Path

import dlt
import pyarrow as pa

HERE = Path(__file__).parent


def rows():
    with (HERE / "looks.log").open("a") as log:
        log.write("look\\n")
    return [json.loads(line) for line in (HERE / "readings.jsonl").read_text().splitlines()]


@dlt.source
def plant(token="", mark=""):
    @dlt.resource
    def readings():
        assert token in ("", "s3cr3t-of-the-tests"), token
        yield rows()

    @dlt.resource
    def latest(since=dlt.sources.incremental("at")):
        yield from ([row] for row in rows())

    @dlt.resource
    def days():
        taken = dlt.current.resource_state().setdefault("taken", [])
        for name in sorted(path.name for path in HERE.glob("day-*")):
            if name not in taken:
                taken.append(name)
                yield json.loads((HERE / name).read_text())

    @dlt.resource
    def tables():
        for row in rows():
            yield pa.Table.from_pylist([row])

    @dlt.transformer(data_from=readings)
    def doubled(page):
        yield [{"id": row["id"], "twice": row["id"] * 2} for row in page]

    @dlt.resource
    def odd():
        yield from eval((HERE / "odd.txt").read_text())

    return readings, latest, days, tables, doubled, odd


@dlt.resource
def alone(count: int = 3):
    yield from range(count)


@dlt.resource
def from_environment(word: str = dlt.secrets.value):
    yield {"word": word, "seen": sorted(set(os.environ) & {"LAKE_ROOT", "HOME"})}


only = alone(2)
nothing = 5


def fails():
    raise RuntimeError("no: " + os.environ.get("PASSWORD", ""))


def ends():
    os._exit(0)
"""


class Plant:
    """The module in a folder, and what it reads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "plant.py").write_text(MODULE, encoding="utf-8")
        self.put()

    def put(self, *rows: dict[str, object], name: str = "readings.jsonl") -> None:
        """Let these be all that `readings`, `latest` and `tables` read."""
        (self.folder / name).write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")

    def connector(self, named: str = "plant:plant", **options: object) -> Dlt:
        return Dlt(Source("plant", "dlt", {"source": named, "folder": str(self.folder), **options}))

    def pull(self, memory: Memory, resource: str = "readings", **options: object) -> list[Taken]:
        """What one look lands."""
        return land(self.connector(), dataset(resource, **options), memory)


def dataset(resource: str, kind: str = "json", **options: object) -> Dataset:
    return Dataset("readings", "plant", origin=resource, format=kind, connector_options=options)


def records(taken: list[Taken]) -> list[dict[str, object]]:
    """The records of JSON lines, without the number of the pull."""
    found = [json.loads(line) for one in taken for line in one.content.splitlines()]
    for record in found:
        record.pop("_dlt_load_id")
    return found
