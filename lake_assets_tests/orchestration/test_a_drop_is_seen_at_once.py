"""A tick waits for the system to tell of a change, and looks at no folder in which nothing happens."""

import shutil
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from lake_assets.lake import Lake
from lake_assets.model import Source
from lake_assets.orchestration import native_watcher, sensor
from lake_assets.orchestration.native_watcher import NativeWatcher, places_of
from lake_assets.orchestration.watching import Seen
from lake_assets_tests.orchestration.conftest import SOURCE
from lake_assets_tests.orchestration.running import drop

_PATIENCE_S = 20.0


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each source was listed."""
    counted: Counter[str] = Counter()
    listing = sensor.listing

    def counting(source: Source) -> str:
        counted[source.name] += 1
        return listing(source)

    monkeypatch.setattr(sensor, "listing", counting)
    return counted


@contextmanager
def later(change: Callable[[], object], after_s: float = 0.7) -> Iterator[list[float]]:
    """Change something while a tick waits; yields when that was."""
    at_s: list[float] = []

    def act() -> None:
        time.sleep(after_s)
        at_s.append(time.monotonic())
        change()

    thread = threading.Thread(target=act)
    thread.start()
    yield at_s
    thread.join()


def names(sources: list[Source]) -> list[str]:
    return [source.name for source in sources]


def declare(project: Path, name: str, **replaced: str) -> None:
    text = SOURCE.replace("    hires:", f"    {name}:")
    for old, new in replaced.items():
        text = text.replace({"glob": "inbox/*.csv", "connector": "{kind: filesystem}"}[old], new)
    (project / "defs" / name).mkdir(parents=True)
    (project / "defs" / name / "defs.yaml").write_text(text)


def declare_alone(project: Path, name: str, **replaced: str) -> None:
    shutil.rmtree(project / "defs")
    declare(project, name, **replaced)


def test_a_file_dropped_while_a_tick_waits_ends_the_wait(project: Path, lake: Lake) -> None:
    with later(lambda: drop(project, "a.csv", "1,monday,2.5")) as dropped:
        assert names(sensor.wait_for_new(lake, Seen(), pytest.fail, _PATIENCE_S)) == ["hires"]
        assert time.monotonic() - dropped[0] < 5  # a busy machine is given more than the second it takes


def test_a_folder_in_which_nothing_happens_is_looked_at_once(
    project: Path, lake: Lake, looks: Counter[str]
) -> None:
    seen = Seen()
    sensor.wait_for_new(lake, seen, pytest.fail, 0.0)
    looks.clear()
    assert not sensor.wait_for_new(lake, seen, pytest.fail, 2.5)
    assert looks == {"hires": 1}


def test_a_change_has_its_own_source_looked_at_and_no_other(
    project: Path, lake: Lake, looks: Counter[str]
) -> None:
    (project / "inbox2").mkdir()
    declare(project, "rides", glob="inbox2/*.csv")
    seen = Seen()
    sensor.wait_for_new(lake, seen, pytest.fail, 0.0)
    looks.clear()
    with later(lambda: drop(project, "a.csv", "1,monday,2.5")):
        assert names(sensor.wait_for_new(lake, seen, pytest.fail, _PATIENCE_S)) == ["hires"]
    assert looks["rides"] == 1
    assert looks["hires"] > 1


def test_many_sources_that_change_at_once_come_to_rest_together(
    project: Path, lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(20):
        declare(project, f"rides_{number}")
    drop(project, "a.csv", "1,monday,2.5")
    waits: list[float] = []
    sleep = time.sleep
    monkeypatch.setattr(time, "sleep", lambda seconds: (waits.append(seconds), sleep(seconds)))
    assert len(sensor.wait_for_new(lake, Seen(), pytest.fail, 0.0)) == 21
    assert waits == [sensor._POLL_S / 2]


def test_a_file_in_a_folder_that_is_made_while_a_tick_waits_is_seen(project: Path, lake: Lake) -> None:
    declare_alone(project, "rides", glob='"inbox/**/*.csv"')

    def dropped() -> None:
        (project / "inbox/2024/01").mkdir(parents=True)
        drop(project, "2024/01/a.csv", "1,monday,2.5")

    with later(dropped):
        assert names(sensor.wait_for_new(lake, Seen(), pytest.fail, _PATIENCE_S)) == ["rides"]


def test_a_file_that_must_rest_is_handed_over_once_it_has(project: Path, lake: Lake) -> None:
    declare_alone(project, "rides", connector="{kind: filesystem, settle: {stable_s: 1.5}}")
    with later(lambda: drop(project, "a.csv", "1,monday,2.5")) as dropped:
        assert names(sensor.wait_for_new(lake, Seen(), pytest.fail, _PATIENCE_S)) == ["rides"]
        assert time.monotonic() - dropped[0] >= 1.5


def test_a_folder_that_is_made_while_a_tick_waits_is_found_by_looking(project: Path, lake: Lake) -> None:
    (project / "inbox").rmdir()
    warnings: list[str] = []

    def made() -> None:
        (project / "inbox").mkdir()
        drop(project, "a.csv", "1,monday,2.5")

    with later(made):
        assert names(sensor.wait_for_new(lake, Seen(), warnings.append, _PATIENCE_S)) == ["hires"]
    assert len(warnings) == 1


def test_a_system_that_watches_no_more_folders_is_no_trouble(
    project: Path, lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_paths: object) -> None:
        raise OSError(28, "no space left on device")

    monkeypatch.setattr(native_watcher, "RustNotify", full)
    with later(lambda: drop(project, "a.csv", "1,monday,2.5")):
        assert names(sensor.wait_for_new(lake, Seen(), pytest.fail, _PATIENCE_S)) == ["hires"]


def test_a_network_mount_is_looked_at_all_the_time(
    project: Path, lake: Lake, looks: Counter[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    mounts = [SimpleNamespace(mountpoint=str(project.resolve()), fstype="nfs4")]
    monkeypatch.setattr(psutil, "disk_partitions", lambda **_all: mounts)
    with NativeWatcher(places_of(lake.declarations.sources)) as watcher:
        assert not watcher.watched
    sensor.wait_for_new(lake, Seen(), pytest.fail, 1.5)
    assert looks["hires"] > 2


def test_one_folder_of_several_sources_wakes_each(project: Path, lake: Lake) -> None:
    declare(project, "rides", glob="inbox/*.txt")
    declare(project, "all_rides", glob='"inbox/**/*.csv"')
    with NativeWatcher(places_of(lake.declarations.sources)) as watcher:
        assert watcher.watched == {"hires", "rides", "all_rides"}
        assert not watcher.wait(0.2)
        drop(project, "a.csv", "1,monday,2.5")
        told: set[str] = set()
        until_s = time.monotonic() + _PATIENCE_S
        while told != watcher.watched and time.monotonic() < until_s:
            told |= watcher.wait(0.5)
    assert told == {"hires", "rides", "all_rides"}


def test_a_source_that_names_no_folder_is_not_watched(project: Path, lake: Lake) -> None:
    declare(project, "rides", glob="inbox")
    declare(project, "trips", connector='{kind: http, base_url: "http://127.0.0.1:9"}')
    assert set(places_of(lake.declarations.sources)) == {"hires"}
