"""One sensor for all sources: it waits for new files, and asks the other sources when their time has come.

A tick waits inside for the next file, so a dropped file is seen within a fraction of a second though the daemon looks
at its sensors only every few seconds. Folders of this machine are looked at when a tick begins and when the system
tells of a change; others, such as network mounts, all the time. It hands over one run for each source that has
something new, whatever the number of files; which files are new is never decided here but by the run, from processed
files.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from typing import TypeVar

import dagster as dg

from lake_assets.errors import ConnectorError
from lake_assets.lake import Lake
from lake_assets.model import Source
from lake_assets.orchestration.keys import chain_of
from lake_assets.orchestration.native_watcher import NativeWatcher, places_of
from lake_assets.orchestration.watching import Seen, has_landed, has_news, is_watched, listing

__all__ = ["new_data_sensor", "new_sources", "wait_for_new"]

Answer = TypeVar("Answer")

_TICK_S = 25.0
_POLL_S = 0.2
_DUE_S = 1.0
_RETRY_S = 300.0


def new_data_sensor(open_lake: Callable[[], Lake]) -> dg.SensorDefinition:
    """The sensor.

    Args:
        open_lake: Opens the lake whose sources are watched; called in the first tick, since the assets are those of
            the declarations as they were loaded, too.
    """
    the_lake = cache(open_lake)

    @dg.sensor(
        name="new_data",
        target=dg.AssetSelection.all(),
        minimum_interval_seconds=1,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="Takes what is new at the sources through all zones: files as they are dropped, others when due.",
    )
    def new_data(context: dg.SensorEvaluationContext) -> dg.SensorResult:
        lake, seen = the_lake(), Seen.load(context.cursor)
        found = wait_for_new(lake, seen, context.log.warning, _TICK_S)
        requests = [_request(lake, source) for source in found]
        skipped = None if requests else "nothing new at any source"
        return dg.SensorResult(run_requests=requests, skip_reason=skipped, cursor=seen.dump())

    return new_data


def _request(lake: Lake, source: Source) -> dg.RunRequest:
    keys = chain_of(source, lake.declarations.transformations)
    return dg.RunRequest(asset_selection=keys, tags={"lake/source": source.name})


def wait_for_new(lake: Lake, seen: Seen, warn: Callable[[str], object], patience_s: float) -> list[Source]:
    """Wait until some source has something new, at most so long.

    Args:
        lake: The lake.
        seen: What was seen before; brought up to now.
        warn: Is told of a source that cannot be listed.
        patience_s: Seconds.

    Returns:
        The sources that have something new; none when the time ran out.
    """
    deadline, once = time.monotonic() + patience_s, _once(warn)
    sources = lake.declarations.sources
    with NativeWatcher(places_of(filter(is_watched, sources))) as watcher:
        others, chosen = [source for source in sources if source.name not in watcher.watched], sources
        while True:
            began = time.monotonic()
            found = list(new_sources(lake, seen, once, chosen))
            took_s, left_s = time.monotonic() - began, deadline - time.monotonic()
            if found or left_s <= 0:
                return found
            is_polled = watcher.is_restless or any(map(is_watched, others))
            changed = watcher.wait(min(left_s, max(_POLL_S, 4 * took_s) if is_polled else _DUE_S))
            chosen = (*others, *(source for source in sources if source.name in changed))


def _once(warn: Callable[[str], object]) -> Callable[[str], object]:
    """Tell each thing once in a tick."""
    told: set[str] = set()

    def tell(text: str) -> None:
        if text not in told:
            told.add(text)
            warn(text)

    return tell


def new_sources(
    lake: Lake, seen: Seen, warn: Callable[[str], object], sources: Iterable[Source]
) -> Iterator[Source]:
    """Those of some sources that have something new now; each is noted as seen.

    A folder must have come to rest: those that changed are listed twice, a moment apart for all of them together.
    """
    asked = list(sources)
    listings = {
        source.name: found
        for source in filter(is_watched, asked)
        if (found := _answer(partial(_change, source, seen), warn))
    }
    if listings:
        time.sleep(_POLL_S / 2)
    for source in asked:
        question = partial(_is_due, lake, source, seen)
        if is_watched(source):
            question = partial(_is_new, lake, source, seen, listings.get(source.name, ""))
        if _answer(question, warn):
            yield source


def _answer(question: Callable[[], Answer], warn: Callable[[str], object]) -> Answer | None:
    """What a source says; None when it cannot be asked."""
    try:
        return question()
    except ConnectorError as error:
        warn(str(error))
        return None


def _is_due(lake: Lake, source: Source, seen: Seen) -> bool:
    """Whether it is time to ask a source that is asked every so often; at first only if nothing came of it yet."""
    sight, now_s = seen.of(source), time.time()
    if not source.every_s or now_s - sight.at_s < source.every_s:
        return False
    is_first, sight.at_s = not sight.at_s, now_s
    return not (is_first and has_landed(lake.root, source))


def _change(source: Source, seen: Seen) -> str:
    """How a folder is listed now; empty when it is as it was seen.

    What was handed over and still has not landed, because the run failed, is handed over again after a while.
    """
    sight, found = seen.of(source), listing(source)
    return "" if found == sight.listing and time.time() - sight.at_s < _RETRY_S else found


def _is_new(lake: Lake, source: Source, seen: Seen, found: str) -> bool:
    """Whether a folder that changed has come to rest since, and holds something that has not landed."""
    if not found or listing(source) != found:
        return False
    sight = seen.of(source)
    sight.listing, sight.at_s = found, time.time()
    return has_news(lake.root, source)
